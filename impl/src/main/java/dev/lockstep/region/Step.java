package dev.lockstep.region;

/**
 * One System action with its parameters: what the machine says can be done now.
 *
 * @param action the action
 * @param first  its first parameter, as {@link Action} says; 0 where it has none
 * @param second its second parameter; 0 where it has none
 */
public record Step(Action action, int first, int second) {

    /**
     * {@return a step without parameters}
     *
     * @param action the action
     */
    public static Step of(Action action) {
        return new Step(action, 0, 0);
    }

    /**
     * {@return a step with one parameter}
     *
     * @param action the action
     * @param first  its parameter
     */
    public static Step of(Action action, int first) {
        return new Step(action, first, 0);
    }

    @Override
    public String toString() {
        return action.specName() + "(" + first + ", " + second + ")";
    }
}

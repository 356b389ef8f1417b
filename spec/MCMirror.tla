------------------------------ MODULE MCMirror ------------------------------
EXTENDS Mirror, Bounds, TLC

\* Nothing in Mirror tells one content from another but a discard, which leaves
\* zeroes.  So a model that is to hold, and has no discard, may take contents
\* for interchangeable: half the states.  One that is to be violated does not:
\* its counterexample is to name contents that can be put on a disk.
Contents == Permutations(Value)
=============================================================================

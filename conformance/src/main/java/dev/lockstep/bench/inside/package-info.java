/** What is measured in a process of its own: one that is killed, or has little memory. It needs the mirror and nothing else. */
package dev.lockstep.bench.inside;

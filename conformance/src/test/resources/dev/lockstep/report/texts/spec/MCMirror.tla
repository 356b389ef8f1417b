---- MODULE MCMirror ----
EXTENDS Mirror
====

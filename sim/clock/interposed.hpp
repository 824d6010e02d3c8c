#pragma once
// Marks a function that stands in front of one of the C library: with its name, its linkage, and to be seen from outside.

#define CASEWIRE_INTERPOSED extern "C" __attribute__((visibility("default")))

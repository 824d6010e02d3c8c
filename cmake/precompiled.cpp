// Exists so that headers can be precompiled once for everybody: see casewire_precompiled_header in Casewire.cmake.

#include "bridge/bridge.hpp"

int unformatted( ) { return 1; }

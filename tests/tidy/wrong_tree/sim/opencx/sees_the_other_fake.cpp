#include "sim/salesforce/org.hpp"

int chance() { return std::random_device{}(); }

#include "bridge/version.hpp"

namespace casewire::bridge {

std::string_view version() { return CASEWIRE_VERSION; }

}  // namespace casewire::bridge

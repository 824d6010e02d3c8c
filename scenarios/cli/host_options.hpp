#pragma once
// Whose the hosts of somebody else's recording are, as a command line says it.

#include <string>
#include <vector>

#include "scenarios/tape/addressee.hpp"

namespace casewire::scenarios {

struct HostOptions {
  std::vector<std::string> salesforce{}, opencx{};
  std::vector<std::string> ignored{};  ///< what is asked of them is no part of it

  Hosts named() const {
    Hosts hosts;
    for (const std::string& host : salesforce) hosts[host_of(host)] = "salesforce";
    for (const std::string& host : opencx) hosts[host_of(host)] = "opencx";
    for (const std::string& host : ignored) hosts[host_of(host)] = "nobody";
    return hosts;
  }
};

}  // namespace casewire::scenarios

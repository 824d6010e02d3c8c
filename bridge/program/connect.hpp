#pragma once
// `casewire-bridge connect`: a person signs in to Salesforce, and the bridge of these settings has its connection. The browser comes back to a
// page of our own on this machine; the refresh token goes into the store, through the bridge that runs or else straight into its file.

#include <string>

#include "bridge/config.hpp"

namespace casewire::bridge {

struct ConnectOptions {
  std::string org{};             ///< of several, by its name in the settings
  std::string salesforce_org{};  ///< "00D...": another one is refused; empty: the store's, or whichever signs in first
  int callback_port = kCallbackPort;
  static constexpr int kCallbackPort = 17417;
};

/// The exit code: 0 connected; 1 nobody signed in, or Salesforce or the store's org refuses; 2 settings; 3 the machine refused something.
int connect_org(const Configuration& configuration, const ConnectOptions& options);

}  // namespace casewire::bridge

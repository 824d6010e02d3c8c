#pragma once
// The API of the vendor's chat widget: contacts who write on a web page. Source: the widget's own generated description (packages/core,
// July 2026). Assumed where it is silent: which of a session's events a contact sees (not notes), what a closed session answers,
// that a repeated uuid is what makes a message a duplicate. Left out: actions and their forms, modes, agents, streaming.

#include "sim/opencx/rest.hpp"

namespace casewire::sim::opencx {

/// `call.operation` begins with "widget"; `call.contact` is set where the description wants a contact's token.
http::Response perform_for_widget(Desk& desk, const PlatformOptions& options, const Call& call);

}  // namespace casewire::sim::opencx

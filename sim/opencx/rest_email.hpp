#pragma once
// POST /email: mails that belong to no session. Source: public API description, SendEmailInput.

#include "sim/opencx/rest.hpp"

namespace casewire::sim::opencx {

http::Response send_email(Desk& desk, const PlatformOptions& options, const Call& call);

}  // namespace casewire::sim::opencx

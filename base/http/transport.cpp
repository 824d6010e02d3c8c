#include "base/http/transport.hpp"

namespace casewire::http {

std::string_view name_of(TransportError::Kind kind) {
  switch (kind) {
    case TransportError::Kind::not_sent: return "not sent";
    case TransportError::Kind::sent_no_answer: return "sent, no answer";
    case TransportError::Kind::cut_answer: return "cut answer";
  }
  return "unknown";
}

}  // namespace casewire::http

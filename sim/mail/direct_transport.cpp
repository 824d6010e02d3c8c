#include "sim/mail/smtp.hpp"

namespace casewire::sim::mail {

Delivery DirectMailTransport::send(const Envelope& envelope) {
  const Reply reply = handler_(envelope);
  if (reply.delay.count() > 0) runtime_.sleep_for(reply.delay);
  if (reply.damage != Damage::none) return {0, "the connection closed before an answer came"};
  return {reply.code, reply.text};
}

}  // namespace casewire::sim::mail

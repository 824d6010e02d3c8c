#include "base/http/in_process_transport.hpp"

#include <string>
#include <utility>

#include "base/http/answer.hpp"
#include "base/http/outgoing.hpp"

namespace casewire::http {
namespace {

using Kind = TransportError::Kind;

}  // namespace

Result<Response, TransportError> InProcessTransport::send(const Request& request, Deadline deadline) {
  const auto until = runtime_.steady_now() + deadline.within;
  const auto origin = std::string{request.origin()};
  const auto seen = outgoing(request);
  if (!seen) {
    return fail(TransportError{Kind::not_sent, seen.error().why});
  }
  const auto* handler = resolve_(origin);
  if (handler == nullptr) {
    return fail(TransportError{Kind::not_sent, origin + ": nobody listens there"});
  }
  if (deadline.permit != nullptr && !deadline.permit->lasts()) {
    return fail(TransportError{Kind::not_sent, origin + ": not sent: the permit has ended"});
  }
  auto reply = guarded_reply(*handler, seen->request);
  const auto no_answer_in_time = [&]() -> Result<Response, TransportError> {
    runtime_.sleep_until(until);
    return fail(TransportError{Kind::sent_no_answer, origin + ": no answer within " + human_duration(deadline.within)});
  };
  if (reply.wire == Wire::stall) {
    return no_answer_in_time();
  }
  if (reply.delay.count() > 0) {
    if (runtime_.steady_now() + reply.delay > until) {
      return no_answer_in_time();
    }
    runtime_.sleep_for(reply.delay);
  }
  switch (reply.wire) {
    case Wire::reset_before_status:
      return fail(TransportError{Kind::sent_no_answer, origin + ": the connection was reset before a status line"});
    case Wire::cut_in_body:
      return fail(TransportError{Kind::cut_answer, origin + ": the connection was closed inside the answer"});
    case Wire::intact:
    case Wire::dribble:
    case Wire::answered_twice:
    case Wire::stall: break;
  }
  return presentable(std::move(reply.response), seen->request.method);
}

}  // namespace casewire::http

#include "base/http/server_session.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "base/http/answer.hpp"

namespace casewire::http {
namespace {

constexpr std::size_t kFirstBufferBytes = 4 * 1024;  // 256 idle connections should not cost much
constexpr std::size_t kBodyBufferBytes = 64 * 1024;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// After an answer that ends the connection, what the client still sends is read for a while and thrown away: closing with
// unread input resets the connection, and the reset can overtake the answer (RFC 9112 section 9.6).
constexpr milliseconds kLingering{1'000};
constexpr std::size_t kLingeringBytes = 16u << 20;
// A server that stops tells the peer too (TLS waits for its consent), but not for long.
constexpr milliseconds kLingeringAtStop{100};

}  // namespace

ServerSession::ServerSession(ServerCore& core, std::unique_ptr<ServerLink> link)
    : core_(core),
      link_(std::move(link)),
      head_awaited_since_(core.stopwatch.elapsed_microseconds()),
      buffer_(kFirstBufferBytes),
      timer_(link_->executor()) {}

void ServerSession::start() {
  boost::asio::post(link_->executor(), [self = shared_from_this()] {
    self->allow(self->core_.options.read_timeout);
    self->link_->handshake([self](bool good) {
      if (!good || self->core_.stopping) {
        self->close();
      }
      if (!self->closed_) {
        self->phase_ = Phase::idle;
        self->allow(self->core_.options.idle_timeout);
        self->await_input();
      }
    });
  });
}

void ServerSession::stop_soon() {
  boost::asio::post(link_->executor(), [self = shared_from_this()] {
    switch (self->phase_) {
      case Phase::idle:
        self->take_head_that_came();
        if (self->phase_ == Phase::idle) {
          self->close();
        }
        break;
      case Phase::handshaking:
      case Phase::stalling:
      case Phase::ending: self->close(); break;
      case Phase::receiving:
      case Phase::inviting:
      case Phase::answering:
      case Phase::delaying: break;
    }
  });
}

void ServerSession::abandon() {
  boost::asio::post(link_->executor(), [self = shared_from_this()] { self->close(); });
}

void ServerSession::give_way() {
  boost::asio::post(link_->executor(), [self = shared_from_this()] {
    if (self->closed_ || !self->core_.newcomer_waits) {
      return;  // another was faster
    }
    const bool owes_head = self->head_awaited_since() && !self->take_head_that_came();
    if (owes_head || (!self->closed_ && self->body_awaited_since() && !self->link_->has_input())) {
      self->close();
    } else {
      self->core_.look_for_room();
    }
  });
}

std::optional<std::int64_t> ServerSession::head_awaited_since() const {
  const auto since = head_awaited_since_.load();
  return since == kNotAwaited ? std::nullopt : std::optional{since};
}

std::optional<std::int64_t> ServerSession::body_awaited_since() const {
  const auto since = body_awaited_since_.load();
  return since == kNotAwaited ? std::nullopt : std::optional{since};
}

bool ServerSession::is_receiving() const {
  if (closed_) {
    return false;
  }
  switch (phase_) {
    case Phase::handshaking: return true;
    case Phase::receiving:
    case Phase::inviting: return true;
    case Phase::idle: return used_ < filled_ || link_->has_input() || (parser_ && used_ > 0);
    case Phase::answering:
    case Phase::delaying:
    case Phase::stalling:
    case Phase::ending: return false;
  }
  return false;
}

bool ServerSession::is_held() {
  return !closed_ && (phase_ == Phase::delaying || phase_ == Phase::stalling) && !link_->is_ended_by_peer();
}

void ServerSession::await_request() {
  phase_ = Phase::idle;
  allow(core_.options.idle_timeout);
  // In this order, and the server's in the other: it says that a newcomer waits, then looks who could give way. So one of the
  // two sees what the other did.
  head_awaited_since_ = core_.stopwatch.elapsed_microseconds();
  if (core_.newcomer_waits) {
    core_.look_for_room();
  }
  if (used_ < filled_) {
    use_buffered();
  } else {
    await_input();
  }
}

/// Gives the parser what has come; then answers, refuses, or waits for more.
void ServerSession::use_buffered() {
  if (!parser_) {
    parser_.emplace(RequestParser::Limits{core_.options.header_bytes_max, core_.options.body_bytes_max});
  }
  used_ += parser_->feed({buffer_.data() + used_, filled_ - used_});
  if (parser_->state() != RequestParser::State::head) {
    head_awaited_since_ = kNotAwaited;
  }
  note_body(parser_->state() == RequestParser::State::body);
  switch (parser_->state()) {
    case RequestParser::State::complete: answer(); return;
    case RequestParser::State::refused: refuse(parser_->refusal()); return;
    case RequestParser::State::head:
    case RequestParser::State::body: break;
  }
  if (turn_away()) {
    return;
  }
  const bool begun = used_ < filled_ || parser_->state() == RequestParser::State::body;
  if (begun && phase_ == Phase::idle) {
    phase_ = Phase::receiving;
    allow(core_.options.read_timeout);
  }
  if (parser_->expects_continue() && used_ == filled_) {
    phase_ = Phase::inviting;
    write(kContinue, {}, &ServerSession::continued);
  } else {
    await_input();
  }
}

void ServerSession::note_body(bool is_awaited) {
  if (!is_awaited) {
    body_awaited_since_ = kNotAwaited;
    return;
  }
  body_awaited_since_ = core_.stopwatch.elapsed_microseconds();
  // As in await_request(): a newcomer may have looked before there was anybody to ask.
  if (core_.newcomer_waits) {
    core_.look_for_room();
  }
}

/// By the head alone; true when the exchange ends with that.
bool ServerSession::turn_away() {
  if (is_let_in_ || !core_.options.door || parser_->state() != RequestParser::State::body) {
    return false;
  }
  is_let_in_ = true;
  std::optional<Reply> reply;
  {
    const BusyScope busy(core_.runtime);
    try {
      reply = core_.options.door(parser_->head());
    } catch (const TaskStopped&) {
      close();
      return true;
    }
  }
  if (!reply) {
    return false;
  }
  // What is left of the body would be read as the next request: the connection ends here.
  end_with(presentable(std::move(reply->response), parser_->head().method));
  return true;
}

void ServerSession::continued(bool good) {
  if (good) {
    phase_ = Phase::receiving;
    await_input();
  } else {
    close();
  }
}

void ServerSession::await_input() {
  // An older wait may be pending still, after a last look. It is replaced and not relied upon: it stands for the socket, and with
  // TLS what the last look left may have gone from there into the link.
  link_->await_input([self = shared_from_this(), wait = ++newest_wait_] {
    if (!self->closed_ && wait == self->newest_wait_ && (self->phase_ == Phase::idle || self->phase_ == Phase::receiving) &&
        !self->take_input()) {
      self->await_input();
    }
  });
}

/// Reads once and uses what came; false when nothing has.
bool ServerSession::take_input() {
  make_room_in_buffer();
  const auto bytes = link_->read(buffer_.data() + filled_, buffer_.size() - filled_);
  if (!bytes) {
    close();
  } else if (*bytes > 0) {
    filled_ += *bytes;
    use_buffered();
  }
  return bytes != std::size_t{0};
}

/// A last look before a connection is closed that owes a head: what the peer has sent already may lie in the socket still, since
/// this thread was busy with another connection. False when no head is complete; the connection may be closed then.
bool ServerSession::take_head_that_came() {
  if (phase_ == Phase::handshaking) {
    return false;
  }
  while (!closed_ && head_awaited_since() && take_input()) {
  }
  return !closed_ && !head_awaited_since();
}

void ServerSession::make_room_in_buffer() {
  if (used_ > 0) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(used_), buffer_.begin() + static_cast<std::ptrdiff_t>(filled_),
              buffer_.begin());
    filled_ -= used_;
    used_ = 0;
  }
  if (parser_ && parser_->state() == RequestParser::State::body && buffer_.size() < kBodyBufferBytes) {
    buffer_.resize(kBodyBufferBytes);
  }
  if (filled_ == buffer_.size()) {
    buffer_.resize(buffer_.size() * 2);  // the parser refuses heads and chunk headers beyond their limits
  }
}

void ServerSession::answer() {
  phase_ = Phase::answering;
  deadline_.reset();
  busy_.emplace(core_.runtime);
  closes_after_answer_ = !parser_->keep_alive();
  const auto request = parser_->take();
  parser_.reset();
  is_let_in_ = false;
  method_ = request.method;
  try {
    reply_ = guarded_reply(core_.handler, request);
  } catch (const TaskStopped&) {
    close();  // this thread is no task: here its work for the stopped runtime ends
    return;
  }
  if (reply_.wire == Wire::stall) {
    phase_ = Phase::stalling;
    busy_.reset();
    discard(kLingeringBytes);
  } else if (reply_.delay.count() > 0) {
    phase_ = Phase::delaying;
    wake_ = DelayedWake::after(core_.runtime, reply_.delay, [self = shared_from_this()](std::shared_ptr<std::latch> taken_over) {
      boost::asio::post(self->link_->executor(),
                        [self, taken_over = std::move(taken_over)] { self->delay_over(taken_over.get()); });
    });
    busy_.reset();  // only now: the waiting task must be counted before this thread stops to be
  } else {
    deliver();
  }
}

void ServerSession::delay_over(std::latch* taken_over) {
  const bool in_time = taken_over != nullptr;
  if (in_time && !closed_) {
    busy_.emplace(core_.runtime);
  }
  if (in_time) {
    taken_over->count_down();
  }
  if (closed_ || !in_time) {
    close();
  } else {
    deliver();
  }
}

void ServerSession::deliver() {
  phase_ = Phase::answering;
  allow(core_.options.read_timeout);  // a client that does not read must not keep the world busy for ever
  auto response = presentable(std::move(reply_.response), method_);
  // When places are scarce, none is promised: kept and then closed for a newcomer's sake, the connection could lose the peer's next
  // request.
  closes_after_answer_ = closes_after_answer_ || core_.stopping || core_.full || connection_has(response.headers, "close");
  if (closes_after_answer_) {
    response.headers.set("Connection", "close");
  }
  head_ = head_text(response);
  body_ = std::move(response.body);
  switch (reply_.wire) {
    case Wire::reset_before_status: close(true); return;
    case Wire::cut_in_body: write_cut(); return;
    case Wire::dribble:
      dribbled_ = 0;
      head_ += body_;
      next_drop(true);
      return;
    case Wire::answered_twice:
      head_ += body_;
      head_ += head_;  // in one write, so that the second is there when the first has been read
      body_.clear();
      break;
    case Wire::intact:
    case Wire::stall: break;
  }
  write(head_, body_, &ServerSession::answered);
}

void ServerSession::write(std::string_view head, std::string_view body, void (ServerSession::*then)(bool)) {
  link_->write(head, body, [self = shared_from_this(), then](bool good) {
    if (!self->closed_) {
      ((*self).*then)(good);
    }
  });
}

void ServerSession::write_cut() {
  // An answer without a body is cut behind its status line: it must not look complete.
  const auto head = body_.empty() ? std::string_view{head_}.substr(0, head_.find("\r\n") + 2) : std::string_view{head_};
  write(head, std::string_view{body_}.substr(0, body_.size() / 2), &ServerSession::wrote_last);
}

void ServerSession::wrote_last(bool) { close(); }

void ServerSession::next_drop(bool good) {
  if (!good || dribbled_ == head_.size()) {
    answered(good);
    return;
  }
  constexpr std::size_t kDropBytes = 5;
  constexpr std::size_t kDropsMax = 2'000;  // a big answer comes in bigger pieces, so that it does come
  const auto drop = std::string_view{head_}.substr(dribbled_, std::max(kDropBytes, head_.size() / kDropsMax));
  dribbled_ += drop.size();
  write(drop, {}, &ServerSession::next_drop);
}

void ServerSession::answered(bool good) {
  busy_.reset();
  if (!good) {
    close();
  } else if (closes_after_answer_ || core_.stopping) {
    end();
  } else {
    await_request();
  }
}

/// Answers a request that is not understood well enough to know where the next one begins.
void ServerSession::refuse(int status) { end_with({.status = status, .headers = {{"Content-Length", "0"}}}); }

/// The last answer of this connection. What comes of its request from now on is too late.
void ServerSession::end_with(Response response) {
  phase_ = Phase::ending;
  head_awaited_since_ = kNotAwaited;
  note_body(false);
  allow(kLingering);
  response.headers.set("Connection", "close");
  head_ = head_text(response);
  body_ = std::move(response.body);
  write(head_, body_, &ServerSession::refused);
}

void ServerSession::refused(bool good) { good ? end() : close(); }

void ServerSession::end() {
  phase_ = Phase::ending;
  allow(core_.stopping ? kLingeringAtStop : kLingering);
  link_->finish([self = shared_from_this()](bool good) {
    if (good && !self->core_.stopping) {
      self->discard(kLingeringBytes);
    } else {
      self->close();
    }
  });
}

/// Reads and forgets until the peer closes. With Phase::stalling there is no deadline: the peer gives up, or the server stops.
void ServerSession::discard(std::size_t bytes_left) {
  if (closed_) {
    return;
  }
  link_->await_input([self = shared_from_this(), bytes_left] {
    const auto bytes = self->closed_ ? std::nullopt : self->link_->read(self->buffer_.data(), self->buffer_.size());
    if (bytes && *bytes < bytes_left) {
      self->discard(bytes_left - *bytes);
    } else {
      self->close();
    }
  });
}

void ServerSession::close(bool reset) {
  if (closed_) {
    return;
  }
  closed_ = true;
  link_->close(reset);
  timer_.cancel();
  if (const auto wake = wake_.lock()) {
    wake->cancel();
  }
  busy_.reset();
  core_.left(shared_from_this());
}

void ServerSession::allow(milliseconds limit) {
  deadline_ = core_.stopwatch.elapsed() + limit;
  if (!armed_until_ || *deadline_ < *armed_until_) {
    arm_timer();
  }
}

void ServerSession::arm_timer() {
  armed_until_ = deadline_;
  timer_.expires_after(*deadline_ - core_.stopwatch.elapsed());
  timer_.async_wait([self = shared_from_this()](boost::system::error_code error) {
    if (!error && !self->closed_) {
      self->timer_fired();
    }
  });
}

void ServerSession::timer_fired() {
  armed_until_.reset();
  if (!deadline_) {
    return;
  }
  if (core_.stopwatch.elapsed() < *deadline_) {
    arm_timer();
  } else {
    time_is_up();
  }
}

void ServerSession::time_is_up() {
  if (phase_ == Phase::receiving) {
    refuse(408);
  } else if (phase_ != Phase::idle || !take_head_that_came()) {
    close();
  }
}

}  // namespace casewire::http

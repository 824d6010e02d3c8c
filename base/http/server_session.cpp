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
    : core_(core), link_(std::move(link)), buffer_(kFirstBufferBytes), timer_(link_->executor()) {}

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
        self->read_more();
      }
    });
  });
}

void ServerSession::stop_soon() {
  boost::asio::post(link_->executor(), [self = shared_from_this()] {
    if (self->phase_ != Phase::receiving && self->phase_ != Phase::answering && self->phase_ != Phase::delaying) {
      self->close();
    }
  });
}

void ServerSession::abandon() {
  boost::asio::post(link_->executor(), [self = shared_from_this()] { self->close(); });
}

/// Gives the parser what has come; then answers, refuses, or waits for more.
void ServerSession::use_buffered() {
  if (!parser_) {
    parser_.emplace(RequestParser::Limits{core_.options.header_bytes_max, core_.options.body_bytes_max});
  }
  used_ += parser_->feed({buffer_.data() + used_, filled_ - used_});
  switch (parser_->state()) {
    case RequestParser::State::complete: answer(); return;
    case RequestParser::State::refused: refuse(parser_->refusal()); return;
    case RequestParser::State::head:
    case RequestParser::State::body: break;
  }
  const bool begun = used_ < filled_ || parser_->state() == RequestParser::State::body;
  if (begun && phase_ == Phase::idle) {
    phase_ = Phase::receiving;
    allow(core_.options.read_timeout);
  }
  if (parser_->expects_continue() && used_ == filled_) {
    write(kContinue, {}, &ServerSession::continued);
  } else {
    read_more();
  }
}

void ServerSession::continued(bool good) { good ? read_more() : close(); }

void ServerSession::read_more() {
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
  link_->read(buffer_.data() + filled_, buffer_.size() - filled_, [self = shared_from_this()](bool good, std::size_t bytes) {
    if (self->closed_ || (self->phase_ != Phase::idle && self->phase_ != Phase::receiving)) {
      return;  // the time was up while this was under way
    }
    if (!good) {
      self->close();
      return;
    }
    self->filled_ += bytes;
    self->use_buffered();
  });
}

void ServerSession::answer() {
  phase_ = Phase::answering;
  deadline_.reset();
  busy_.emplace(core_.runtime);
  closes_after_answer_ = !parser_->keep_alive();
  const auto request = parser_->take();
  parser_.reset();
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
  closes_after_answer_ = closes_after_answer_ || core_.stopping || connection_has(response.headers, "close");
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
    phase_ = Phase::idle;
    allow(core_.options.idle_timeout);
    if (used_ < filled_) {
      use_buffered();
    } else {
      read_more();
    }
  }
}

/// Answers a request that is not understood well enough to know where the next one begins.
void ServerSession::refuse(int status) {
  phase_ = Phase::ending;
  deadline_.reset();
  allow(kLingering);
  head_ = head_text({.status = status, .headers = {{"Content-Length", "0"}, {"Connection", "close"}}});
  write(head_, {}, &ServerSession::refused);
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
  link_->read(buffer_.data(), buffer_.size(), [self = shared_from_this(), bytes_left](bool good, std::size_t bytes) {
    if (good && bytes < bytes_left) {
      self->discard(bytes_left - bytes);
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
    phase_ = Phase::ending;
    allow(kLingering);
    head_ = head_text({.status = 408, .headers = {{"Content-Length", "0"}, {"Connection", "close"}}});
    write(head_, {}, &ServerSession::wrote_last);  // without end(): a read is still under way
  } else {
    close();
  }
}

}  // namespace casewire::http

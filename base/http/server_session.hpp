#pragma once
// One connection of a SocketServer: reads requests, has them answered one after the other, and does to the wire what the Reply
// says. What can be called from any thread says so; the rest happens on the link's executor, which is one thread: the BusyScope
// of an exchange must end on the thread that opened it. Internal to base/http.

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <latch>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/http/delayed_wake.hpp"
#include "base/http/handler.hpp"
#include "base/http/request_parser.hpp"
#include "base/http/server_link.hpp"
#include "base/http/socket_server.hpp"
#include "base/runtime/runtime.hpp"
#include "base/runtime/stopwatch.hpp"

namespace casewire::http {

class ServerSession;

/// What the connections of one server share.
struct ServerCore {
  virtual ~ServerCore() = default;
  /// The session is closed and lets go of the core.
  virtual void left(const std::shared_ptr<ServerSession>& session) = 0;
  /// A newcomer waits, and it may be worth looking again for a session that can give way: one began to wait for a request, or
  /// one that was asked stays.
  virtual void look_for_room() = 0;

  ServerCore(Runtime& its_runtime, Handler its_handler, SocketServerOptions its_options)
      : runtime(its_runtime), handler(std::move(its_handler)), options(std::move(its_options)) {}

  Runtime& runtime;
  const Handler handler;
  const SocketServerOptions options;
  const RealStopwatch stopwatch{};  ///< real time
  std::atomic<bool> stopping{false};
  std::atomic<bool> full{false};            ///< all places are taken
  std::atomic<bool> newcomer_waits{false};  ///< and another connection has come
};

class ServerSession : public std::enable_shared_from_this<ServerSession> {
 public:
  ServerSession(ServerCore& core, std::unique_ptr<ServerLink> link);
  void start();
  /// Any thread. Finishes the exchange that has begun, if any, then closes.
  void stop_soon();
  /// Any thread. Closes, whatever is going on.
  void abandon();
  /// Any thread. Closes for the sake of a newcomer, unless the head of a request is complete and its body comes.
  void give_way();
  boost::asio::any_io_executor executor() { return link_->executor(); }
  /// On the executor. A byte of a request has come, and the request is not handled yet.
  bool is_receiving() const;
  /// On the executor. The request is answered later or never, and the client still waits.
  bool is_held();
  /// Any thread. Since when the head of a request is awaited, in microseconds on the core's stopwatch; nullopt while a request
  /// is read further, handled or answered. Bytes of a head that is not complete do not renew it.
  std::optional<std::int64_t> head_awaited_since() const;
  /// Any thread. The same of a body, of which a head has told: since its last piece came.
  std::optional<std::int64_t> body_awaited_since() const;

 private:
  enum class Phase { handshaking, idle, receiving, inviting, answering, delaying, stalling, ending };

  void await_request();
  void await_input();
  bool take_input();
  bool take_head_that_came();
  void make_room_in_buffer();
  void use_buffered();
  void answer();
  bool turn_away();
  void note_body(bool is_awaited);
  void delay_over(std::latch* taken_over);
  void deliver();
  void write(std::string_view head, std::string_view body, void (ServerSession::*then)(bool));
  void write_cut();
  void next_drop(bool good);
  void answered(bool good);
  void continued(bool good);
  void refused(bool good);
  void wrote_last(bool good);
  void refuse(int status);
  void end_with(Response response);
  void end();
  void discard(std::size_t bytes_left);
  void close(bool reset = false);

  void allow(milliseconds limit);
  void arm_timer();
  void timer_fired();
  void time_is_up();

  ServerCore& core_;
  const std::unique_ptr<ServerLink> link_;
  bool closed_ = false;
  Phase phase_ = Phase::handshaking;
  static constexpr std::int64_t kNotAwaited = -1;
  std::atomic<std::int64_t> head_awaited_since_;
  std::atomic<std::int64_t> body_awaited_since_{kNotAwaited};

  std::uint64_t newest_wait_ = 0;  ///< the one whose end counts, of the waits for input
  std::vector<char> buffer_;
  std::size_t used_ = 0;    ///< bytes of `buffer_` that the parser has taken
  std::size_t filled_ = 0;  ///< bytes of `buffer_` that came
  std::optional<RequestParser> parser_;
  bool is_let_in_ = false;  ///< the door has seen the head of the request that `parser_` reads

  std::optional<BusyScope> busy_;
  std::weak_ptr<DelayedWake> wake_;
  Reply reply_;
  std::string method_;
  bool closes_after_answer_ = false;
  std::string head_;
  std::string body_;
  std::size_t dribbled_ = 0;

  boost::asio::steady_timer timer_;
  std::optional<milliseconds> deadline_;     ///< on the core's stopwatch
  std::optional<milliseconds> armed_until_;  ///< the timer is set lazily: it fires no later than the deadline
};

}  // namespace casewire::http

#include "bridge/program/admin_socket.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>

#include "base/runtime/descriptor.hpp"

namespace casewire::bridge {
namespace {

constexpr const char* kName = "admin.sock";
constexpr std::size_t kQuestionBytesMax = 64u << 10;
constexpr std::size_t kAnswerBytesMax = 16u << 20;
/// A question is a line, and comes at once.
constexpr timeval kQuestionTime{.tv_sec = 5, .tv_usec = 0};
/// A check of both vendors may take its time.
constexpr timeval kAnswerTime{.tv_sec = 120, .tv_usec = 0};

/// A socket's address holds 108 bytes, a path may be longer: the folder is named by a descriptor.
std::optional<sockaddr_un> address_in(const Descriptor& folder) {
  const auto path = "/proc/self/fd/" + std::to_string(folder.number()) + "/" + kName;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return std::nullopt;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

const sockaddr* generic(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

Diagnostic socket_refusal(const std::string& where, std::string problem, std::string hint = {}) {
  return {.where = {where, {}}, .problem = std::move(problem), .hint = std::move(hint)};
}

std::string reason() { return std::generic_category().message(errno); }

bool send_all(int connection, std::string_view text) {
  while (!text.empty()) {
    const auto sent = ::send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// Up to the line feed. nullopt: too long, too late, or broken off.
std::optional<std::string> receive_line(int connection, std::size_t bytes_max) {
  std::string text;
  char piece[16 * 1024];
  while (text.size() <= bytes_max) {
    const auto got = ::recv(connection, piece, sizeof piece, 0);
    if (got <= 0) return std::nullopt;
    text.append(piece, static_cast<std::size_t>(got));
    if (text.ends_with('\n')) return text;
  }
  return std::nullopt;
}

std::optional<std::vector<std::string>> words_in(const std::string& line) {
  const auto json = parse_json(line);
  if (!json || !json->is_array()) return std::nullopt;
  std::vector<std::string> words;
  for (const auto& word : *json) {
    if (!word.is_string()) return std::nullopt;
    words.push_back(word.get<std::string>());
  }
  return words;
}

}  // namespace

Result<std::unique_ptr<AdminSocket>> AdminSocket::listen(const std::string& state_dir, Answer answer) {
  const auto path = (std::filesystem::path{state_dir} / kName).string();
  const Descriptor folder(::open(state_dir.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto address = address_in(folder);
  if (folder.number() < 0 || socket.number() < 0 || !address) return fail(socket_refusal(path, "cannot be made: " + reason()));
  ::unlink(path.c_str());
  if (::bind(socket.number(), generic(*address), sizeof *address) != 0)
    return fail(socket_refusal(path, "cannot be made: " + reason()));
  // Before anybody can connect: nobody can until it listens.
  if (::chmod(path.c_str(), 0600) != 0 || ::listen(socket.number(), 8) != 0) {
    return fail(socket_refusal(path, "cannot be listened on: " + reason()));
  }
  const int ending = ::eventfd(0, EFD_CLOEXEC);
  if (ending < 0) return fail(socket_refusal(path, "cannot be served: " + reason()));
  return std::unique_ptr<AdminSocket>{new AdminSocket(path, socket.release(), ending, std::move(answer))};
}

AdminSocket::AdminSocket(std::string path, int listening, int ending, Answer answer)
    : path_(std::move(path)), listening_(listening), ending_(ending), answer_(std::move(answer)), thread_([this] { serve(); }) {}

AdminSocket::~AdminSocket() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(ending_, &one, sizeof one);
  thread_.join();
  ::unlink(path_.c_str());
  ::close(listening_);
  ::close(ending_);
}

void AdminSocket::serve() {
  for (;;) {
    pollfd waits[2]{{.fd = listening_, .events = POLLIN, .revents = 0}, {.fd = ending_, .events = POLLIN, .revents = 0}};
    if (::poll(waits, 2, -1) < 0) continue;
    if (waits[1].revents != 0) return;
    const Descriptor connection(::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC));
    if (connection.number() >= 0) serve_one(connection.number());
  }
}

void AdminSocket::serve_one(int connection) const {
  ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &kQuestionTime, sizeof kQuestionTime);
  ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &kQuestionTime, sizeof kQuestionTime);
  const auto line = receive_line(connection, kQuestionBytesMax);
  if (!line) return;
  const auto words = words_in(*line);
  send_all(connection, dump_json(words ? answer_(*words) : Json{{"error", "expected a list of words"}}) + "\n");
}

Result<Json> ask_running_bridge(const std::string& state_dir, const std::vector<std::string>& words) {
  const auto path = (std::filesystem::path{state_dir} / kName).string();
  const Descriptor folder(::open(state_dir.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (folder.number() < 0)
    return fail(socket_refusal(state_dir, "cannot be opened: " + reason(), "is this the bridge's state_dir?"));
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto address = address_in(folder);
  if (socket.number() < 0 || !address) return fail(socket_refusal(path, "cannot be reached: " + reason()));
  if (::connect(socket.number(), generic(*address), sizeof *address) != 0) {
    if (errno == EACCES)
      return fail(socket_refusal(path, "belongs to another user", "ask as the user that the bridge runs as, or as root"));
    return fail(socket_refusal(path, "no casewire-bridge runs on this state directory", "start it; its log says why it ended"));
  }
  ::setsockopt(socket.number(), SOL_SOCKET, SO_RCVTIMEO, &kAnswerTime, sizeof kAnswerTime);
  const bool is_asked = send_all(socket.number(), dump_json(Json(words)) + "\n");
  const auto line = is_asked ? receive_line(socket.number(), kAnswerBytesMax) : std::nullopt;
  if (!line) return fail(socket_refusal(path, "the bridge did not answer", "it may be ending"));
  auto answer = parse_json(*line);
  if (!answer) return fail(socket_refusal(path, "the answer is no JSON", "is the bridge of another version?"));
  return std::move(*answer);
}

}  // namespace casewire::bridge

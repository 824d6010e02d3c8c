#include "tests/support/postgres_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace casewire::tests {
namespace {

constexpr std::chrono::milliseconds kLook{20};
constexpr int kLooks = 1'500;

struct Said {
  int exit_code;
  std::string text;
};

Said say_to_shell(const std::string& command) {
  FILE* pipe = ::popen(("( " + command + " ) 2>&1 < /dev/null").c_str(), "re");
  if (pipe == nullptr) throw std::runtime_error("cannot start a shell");
  std::string text;
  std::array<char, 4096> buffer{};
  for (std::size_t bytes = 0; (bytes = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), bytes);
  return {::pclose(pipe), text};
}

std::string in_order(const std::string& command) {
  const auto said = say_to_shell(command);
  if (said.exit_code != 0) throw std::runtime_error(command + ": " + said.text);
  return said.text;
}

}  // namespace

std::string PostgresServer::programs() {
  const char* chosen = ::getenv("PG_BINDIR");
  const std::string folder = chosen != nullptr ? chosen : "/usr/lib/postgresql/15/bin";
  return ::access((folder + "/initdb").c_str(), X_OK) == 0 ? folder : "";
}

PostgresServer& PostgresServer::shared() {
  static PostgresServer server;
  return server;
}

std::string PostgresServer::as_server(const std::string& command) const {
  // It refuses to run as root. The package made a user for it.
  if (::geteuid() != 0) return "exec " + command;
  return "exec setpriv --reuid=postgres --regid=postgres --clear-groups --pdeathsig=QUIT " + command;
}

PostgresServer::PostgresServer(std::string settings) : settings_(std::move(settings)) {
  folder_ = (std::filesystem::temp_directory_path() / "casewire-postgres-XXXXXX").string();
  if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("cannot make a folder for the server");
  if (::geteuid() == 0) in_order("chown postgres '" + folder_ + "'");
  fill();
  start();
}

/// An empty cluster: making one takes more than a second of a processor, a copy of one that was made before a tenth.
void PostgresServer::fill() {
  const std::string pristine = CASEWIRE_PRISTINE_CLUSTER, data = folder_ + "/data";
  if (::access((pristine + "/PG_VERSION").c_str(), F_OK) == 0) {
    in_order("cp -a '" + pristine + "' '" + data + "'");
    return;
  }
  in_order("cd /; " +
           as_server(programs() + "/initdb -D '" + data + "' -A trust -U bridge -E UTF8 --locale=C --no-sync --no-instructions"));
  // Another test may do so at this moment. The copy is whole when it has its name.
  const std::string copy = pristine + "-" + std::to_string(::getpid());
  in_order("cp -a '" + data + "' '" + copy + "' && { mv -T '" + copy + "' '" + pristine + "' || rm -rf '" + copy + "'; }");
}

PostgresServer::~PostgresServer() {
  if (pid_ > 0) stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void PostgresServer::start() {
  const auto log = folder_ + "/log";
  const auto command =
      as_server(programs() + "/postgres -D '" + folder_ + "/data' -k '" + folder_ + "' -c listen_addresses= " + settings_);
  // After a SIGKILL the former server's children hold its memory for a moment longer.
  for (int attempt = 0; attempt < kLooks; ++attempt) {
    pid_ = ::fork();
    if (pid_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
      const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
      ::dup2(out, STDOUT_FILENO);
      ::dup2(out, STDERR_FILENO);
      if (::chdir("/") != 0) ::_exit(1);
      ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
      ::_exit(127);
    }
    int status = 0;
    while (::waitpid(pid_, &status, WNOHANG) == 0) {
      if (answers()) return;
      std::this_thread::sleep_for(kLook);
    }
    pid_ = -1;
    std::this_thread::sleep_for(kLook);
  }
  std::ostringstream said;
  said << std::ifstream(log).rdbuf();
  throw std::runtime_error("the server did not start: " + said.str());
}

bool PostgresServer::answers() const { return say_to_shell(programs() + "/pg_isready -q -h '" + folder_ + "'").exit_code == 0; }

void PostgresServer::kill() { end(SIGKILL); }
void PostgresServer::stop() { end(SIGQUIT); }
void PostgresServer::stop_in_order() { end(SIGINT); }

void PostgresServer::end(int signal) {
  ::kill(pid_, signal);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

void PostgresServer::freeze(bool is_frozen) {
  const int signal = is_frozen ? SIGSTOP : SIGCONT;
  const auto process = std::to_string(pid_);
  std::ifstream children("/proc/" + process + "/task/" + process + "/children");
  for (pid_t child = 0; children >> child;) ::kill(child, signal);
  ::kill(pid_, signal);
}

void PostgresServer::become_replica() { in_order(as_server("touch '" + folder_ + "/data/standby.signal'")); }

std::string PostgresServer::make_database() {
  const auto name = "bridge" + std::to_string(++databases_);
  const auto uri = [&](const std::string& database) { return "postgres:///" + database + "?user=bridge&host=" + folder_; };
  ask(uri("postgres"), "CREATE DATABASE " + name);
  return uri(name);
}

std::string PostgresServer::emptied_database() {
  if (emptied_.empty()) return emptied_ = make_database();
  ask(emptied_,
      "DO 'BEGIN EXECUTE coalesce((SELECT string_agg(format(''DROP SCHEMA %I CASCADE;'', nspname), '''') FROM pg_namespace"
      " WHERE nspname LIKE ''casewire%''), ''''); END'");
  return emptied_;
}

std::string PostgresServer::ask(const std::string& uri, const std::string& sql) {
  return in_order(programs() + "/psql -XAtq -v ON_ERROR_STOP=1 '" + uri + "' -c \"" + sql + "\"");
}

}  // namespace casewire::tests

#pragma once
// A PostgreSQL server of a test program's own: in a folder that goes with it, on a socket in that folder, under a user without rights when
// the tests run as root.

#include <sys/types.h>

#include <string>

namespace casewire::tests {

class PostgresServer {
 public:
  /// Of Debian's package postgresql-15, or of the folder that PG_BINDIR names. Empty: it is not installed.
  static std::string programs();
  /// For GTEST_SKIP.
  static constexpr const char* kMissing = "PostgreSQL 15 is not installed: apt-get install postgresql-15";

  /// The one server of this program, started when it is first asked for; it goes when the program ends.
  static PostgresServer& shared();

  /// Quick and small. What it says is durable for as long as the machine runs: a test may kill it, not the machine.
  static constexpr const char* kForTests = "-c fsync=off -c shared_buffers=32MB -c max_wal_size=128MB";
  /// As deploy/postgresql/postgresql.conf has it, but for the memory, of which a machine that measures has less.
  static constexpr const char* kAsDeployed =
      "-c shared_buffers=256MB -c wal_compression=on -c max_wal_size=4GB -c checkpoint_timeout=15min -c autovacuum_naptime=15s"
      " -c autovacuum_vacuum_scale_factor=0.02 -c autovacuum_vacuum_insert_scale_factor=0.05";
  /// Throws std::runtime_error with what the server said.
  explicit PostgresServer(std::string settings = kForTests);
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  void start();
  /// SIGKILL.
  void kill();
  /// SIGQUIT: at once, as a crash; it is recovered from at the next start.
  void stop();
  /// SIGINT: what it has is on disk; connections are cut.
  void stop_in_order();
  /// SIGSTOP and SIGCONT for the server and everyone it works for: nobody answers, no connection ends.
  void freeze(bool is_frozen);
  /// From now on it starts as a replica that waits for a primary.
  void become_replica();
  /// A new database; its URI. Takes a quarter of a second.
  std::string make_database();
  /// One database for those who come one after the other, without what bridges left in it; its URI. Nobody may be in it any more.
  std::string emptied_database();
  /// The answer of psql, as the database's owner.
  std::string ask(const std::string& uri, const std::string& sql);
  const std::string& folder() const { return folder_; }

 private:
  void fill();
  void end(int signal);
  std::string as_server(const std::string& command) const;
  bool answers() const;

  const std::string settings_;
  std::string folder_;
  pid_t pid_ = -1;
  int databases_ = 0;
  std::string emptied_;
};

}  // namespace casewire::tests

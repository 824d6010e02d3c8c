#pragma once
// Hears by LISTEN that another bridge has stored a hint. It is no promise: news is missed while the connection is made anew, and where a pooler in
// transaction mode stands in front, and now and then it comes for nothing.
// Source: PostgreSQL 15, "NOTIFY" and "libpq: Asynchronous Notification".

#include <functional>
#include <memory>
#include <thread>

#include "base/runtime/descriptor.hpp"
#include "bridge/store/postgres.hpp"

namespace casewire::bridge {

class PostgresNews final : public Store::News {
 public:
  /// `is_own`: of a server process that notified, whether it worked for this bridge. Both functions are called on a thread of the news' own.
  PostgresNews(postgres::Address address, std::function<bool(int process)> is_own, std::function<void()> tell);
  ~PostgresNews() override;

 private:
  void hear();
  /// False: it is the end.
  bool rest(std::chrono::milliseconds time) const;

  postgres::Address address_;
  std::function<bool(int)> is_own_;
  std::function<void()> tell_;
  Descriptor ending_;
  std::thread thread_;
};

}  // namespace casewire::bridge

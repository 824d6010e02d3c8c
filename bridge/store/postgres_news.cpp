#include "bridge/store/postgres_news.hpp"

#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>

namespace casewire::bridge {
namespace {

/// Of a server that is down, or has no connection left.
constexpr std::chrono::milliseconds kConnectAgain{1'000};
/// News of one moment is told once.
constexpr std::chrono::milliseconds kMoment{20};

}  // namespace

PostgresNews::PostgresNews(postgres::Address address, std::function<bool(int)> is_own, std::function<void()> tell)
    : address_(std::move(address)),
      is_own_(std::move(is_own)),
      tell_(std::move(tell)),
      ending_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this] { hear(); }) {}

PostgresNews::~PostgresNews() {
  ::eventfd_write(ending_.number(), 1);
  thread_.join();
}

void PostgresNews::hear() {
  do {
    try {
      postgres::Connection connection(address_);
      connection.run("LISTEN " + connection.schema());
      tell_();  // there may have been some that nobody heard
      for (;;) {
        const auto heard = connection.await_notices(ending_.number());
        if (std::any_of(heard.begin(), heard.end(), [&](int process) { return !is_own_(process); })) tell_();
        if (!rest(kMoment)) return;
      }
    } catch (const StoreFailure&) {
      // Whoever needs the store says so; until there is a connection again, others' hints are found by looking.
    }
  } while (rest(kConnectAgain));
}

bool PostgresNews::rest(std::chrono::milliseconds time) const {
  pollfd end{.fd = ending_.number(), .events = POLLIN, .revents = 0};
  return ::poll(&end, 1, static_cast<int>(time.count())) == 0;
}

}  // namespace casewire::bridge

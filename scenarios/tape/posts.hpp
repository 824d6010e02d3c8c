#pragma once
// Where a recording proxy stands: one port before each system, and one before the bridge for webhooks. Whoever is given their addresses
// is recorded on all sides.
// They listen first, since everybody is told their addresses before the recorder, or the world behind them, is there.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/http/socket_server.hpp"
#include "base/http/transport.hpp"
#include "base/recording/keeper.hpp"
#include "scenarios/tape/passage.hpp"

namespace casewire::scenarios {

class Posts {
 public:
  struct Ports {
    std::uint16_t salesforce = 0, opencx = 0, webhooks = 0;  ///< 0: the system chooses
  };
  struct Behind {
    std::string salesforce, opencx;
    std::string bridge;  ///< empty: no webhooks are passed on
    /// What a call to a system passes first, before it has begun; empty: nothing.
    std::function<http::Handler(http::Handler)> door{};
  };

  /// Both outlive the posts.
  Posts(Runtime& runtime, http::Transport& transport) : runtime_(runtime), transport_(transport) {}

  Result<void> listen(Ports ports);
  /// From now on they pass on what comes. The keeper outlives stop().
  void open(const Behind& behind, recording::Keeper& keeper);
  void stop(milliseconds grace = milliseconds{5'000});

  std::string salesforce_url() const { return salesforce_.server->url(); }
  std::string opencx_url() const { return opencx_.server->url(); }
  std::string webhooks_url() const { return webhooks_.server->url(); }
  bool is_receiving();

 private:
  struct Post {
    std::shared_ptr<http::Handler> handler = std::make_shared<http::Handler>();  ///< the server's, as soon as it is known
    std::unique_ptr<Passage> passage{};
    std::unique_ptr<http::SocketServer> server{};
  };
  Result<void> listen(Post& post, std::uint16_t port);
  http::Handler passing(Post& post, const std::string& upstream);

  Runtime& runtime_;
  http::Transport& transport_;
  Post salesforce_, opencx_, webhooks_;
};

}  // namespace casewire::scenarios

#include "scenarios/tape/posts.hpp"

namespace casewire::scenarios {

Result<void> Posts::listen(Ports ports) {
  if (auto done = listen(salesforce_, ports.salesforce); !done) return done;
  if (auto done = listen(opencx_, ports.opencx); !done) return done;
  return listen(webhooks_, ports.webhooks);
}

Result<void> Posts::listen(Post& post, std::uint16_t port) {
  const auto answer = [handler = post.handler](const http::Request& request) {
    return *handler ? (*handler)(request) : http::Reply{.response = {.status = 503}};
  };
  auto server = http::SocketServer::start(runtime_, answer, {.port = port, .threads = 32});
  if (!server) return fail(server.error());
  post.server = std::move(*server);
  return {};
}

http::Handler Posts::passing(Post& post, const std::string& upstream) {
  post.passage = std::make_unique<Passage>(transport_, upstream);
  return post.passage->handler(post.server->url());
}

void Posts::open(const Behind& behind, recording::Keeper& keeper) {
  const auto through_the_door = [&](http::Handler inner) { return behind.door ? behind.door(std::move(inner)) : inner; };
  *salesforce_.handler = through_the_door(keeper.record(passing(salesforce_, behind.salesforce), "salesforce"));
  *opencx_.handler = through_the_door(keeper.record(passing(opencx_, behind.opencx), "opencx"));
  if (behind.bridge.empty()) return;
  const http::Handler to_bridge = passing(webhooks_, behind.bridge);
  // By the address that the bridge gave each of them.
  const http::Handler from_opencx = keeper.record(to_bridge, "bridge", "opencx");
  const http::Handler from_salesforce = keeper.record(to_bridge, "bridge", "salesforce");
  *webhooks_.handler = [from_opencx, from_salesforce](const http::Request& request) {
    return request.path().find("salesforce") != std::string_view::npos ? from_salesforce(request) : from_opencx(request);
  };
}

void Posts::stop(milliseconds grace) {
  for (Post* post : {&webhooks_, &opencx_, &salesforce_}) {
    if (post->server) post->server->stop(grace);
  }
}

bool Posts::is_receiving() {
  return salesforce_.server->is_receiving() || opencx_.server->is_receiving() || webhooks_.server->is_receiving();
}

}  // namespace casewire::scenarios

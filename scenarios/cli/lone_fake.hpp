#pragma once
// A fake that runs alone, for tests in any language: what drives it and asks it, under /_casewire. Between two resets it lives one life, with
// a journal, a clock and faults of its own; what it does is the fake's business (serve_salesforce.cpp, serve_opencx.cpp).

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/http/handler.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/json.hpp"
#include "sim/world/network.hpp"

namespace casewire::scenarios {

/// What somebody does who has no API for it: POST /_casewire/NAME with a JSON object.
struct LoneDeed {
  struct Member {
    std::string name;
    bool is_needed = true;
    bool is_text = true;  ///< false: any JSON
  };
  std::string name;
  std::vector<Member> members;
  std::string meaning;  ///< one sentence, for the list
  /// `body` is an object and has what is needed. The error is answered 409.
  std::function<Result<Json, std::string>(const Json& body)> act;
  bool takes_any = false;  ///< its members' names are the caller's
};

/// Of a deed's body: `files`, as {"name": "content"}.
std::vector<std::pair<std::string, std::string>> files_told(const Json& body);
/// A text or a list of texts.
std::vector<std::string> texts_told(const Json& body, const char* name);

/// One life of a fake. Its handler and deeds may be called from any thread until it goes.
struct FakeLife {
  FakeLife();
  virtual ~FakeLife();  ///< stops its tasks

  /// From now on the clock stands still in between. Nothing is left undone that was due until then, as far as it gets done within
  /// 10 s of real time.
  void pass(milliseconds duration);

  ThreadRuntime runtime;
  sim::Journal journal;
  sim::Faults faults;
  sim::Network network;
  http::Handler api;            ///< journalled, with faults
  std::vector<LoneDeed> deeds;  ///< beside those of every fake
  std::function<Json()> state;  ///< all that it holds
};

class LoneFake {
 public:
  using Begin = std::function<std::shared_ptr<FakeLife>()>;
  /// `begin` makes a life; it made one before, so it can. `title` and `lines`: what GET / says of it.
  LoneFake(std::string name, std::string title, std::string lines, Begin begin);
  http::Reply operator()(const http::Request& request);
  /// Until the program ends nobody asks any more.
  void end();
  /// "POST /_casewire/reply {case, text, html?}  a rep answers", a line each: for the terminal and GET /.
  std::string routes_text() const;

 private:
  std::shared_ptr<FakeLife> life() const;
  http::Reply ask(FakeLife& life, const http::Request& request, const std::string& what, std::string_view query);
  http::Reply tell(const std::shared_ptr<FakeLife>& life, const http::Request& request, const std::string& what);
  http::Reply reset();
  std::string page() const;

  std::string name_, title_, lines_;
  Begin begin_;
  mutable std::mutex mutex_;
  std::shared_ptr<FakeLife> life_;
};

}  // namespace casewire::scenarios

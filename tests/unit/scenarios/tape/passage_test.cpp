#include "scenarios/tape/passage.hpp"

#include <functional>

#include "base/text/encoding.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

class Far final : public http::Transport {
 public:
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline) override {
    asked.push_back(request);
    return answer(request);
  }
  std::vector<http::Request> asked;
  std::function<Result<http::Response, http::TransportError>(const http::Request&)> answer = [](const http::Request&) {
    return http::Response{.status = 200};
  };
};

constexpr const char* kOwn = "http://127.0.0.1:4000";

TEST(Passage, AsksTheSystemBehindItAndNothingOfTheConnectionGoesThrough) {
  Far far;
  Passage passage(far, "https://api.open.cx/");
  const http::Reply reply = passage.handler(kOwn)(
      {.method = "PUT",
       .target = "/contacts?x=1",
       .headers = {{"Host", "127.0.0.1:4000"}, {"Connection", "close"}, {"Accept-Encoding", "gzip"}, {"X-Y", "1"}},
       .body = "b"});
  EXPECT_EQ(reply.response.status, 200);
  EXPECT_EQ(far.asked.at(0).target, "https://api.open.cx/contacts?x=1");
  EXPECT_EQ(far.asked[0].method, "PUT");
  EXPECT_EQ(far.asked[0].headers, (http::Headers{{"X-Y", "1"}}));
  EXPECT_EQ(far.asked[0].body, "b");
}

TEST(Passage, AddressesOfTheSystemBecomeItsOwn) {
  Far far;
  far.answer = [](const http::Request&) {
    return http::Response{
        302, {{"Location", "https://api.open.cx/files/1"}}, R"({"next":"https://api.open.cx/contacts?cursor=2"})"};
  };
  Passage passage(far, "https://api.open.cx");
  const http::Reply reply = passage.handler(kOwn)({.target = "/x"});
  EXPECT_EQ(reply.response.headers.find("location"), "http://127.0.0.1:4000/files/1");
  EXPECT_EQ(reply.response.body, R"({"next":"http://127.0.0.1:4000/contacts?cursor=2"})");
}

TEST(Passage, AfterALoginTheInstanceIsAsked) {
  Far far;
  far.answer = [](const http::Request& request) {
    return http::Response{.status = 200,
                          .body = request.path() == "/services/oauth2/token"
                                      ? R"({"instance_url":"https://acme.my.salesforce.com"})"
                                      : R"({"url":"https://acme.my.salesforce.com/a"})"};
  };
  Passage passage(far, "https://login.salesforce.com");
  const http::Handler handler = passage.handler(kOwn);
  EXPECT_EQ(handler({.method = "POST", .target = "/services/oauth2/token"}).response.body,
            R"({"instance_url":"http://127.0.0.1:4000"})");
  EXPECT_EQ(handler({.target = "/services/data"}).response.body, R"({"url":"http://127.0.0.1:4000/a"})");
  EXPECT_EQ(far.asked.at(1).target, "https://acme.my.salesforce.com/services/data");
  handler({.method = "POST", .target = "/services/oauth2/token"});
  EXPECT_EQ(far.asked.at(2).target, "https://login.salesforce.com/services/oauth2/token");
}

TEST(Passage, BytesThatAreNoTextGoThroughAsTheyAre) {
  Far far;
  const std::string bytes("\x89PNG\0https://api.open.cx\xff", 26);
  far.answer = [&](const http::Request&) { return http::Response{.status = 200, .body = bytes}; };
  Passage passage(far, "https://api.open.cx");
  EXPECT_EQ(passage.handler(kOwn)({.target = "/x"}).response.body, bytes);
}

TEST(Passage, AddressesInAnAnswerThatWasCompressedUnaskedAreItsOwnToo) {
  // printf '{"url":"https://api.open.cx/x"}' | gzip -n | base64
  const std::string zipped = *decode_base64("H4sIAAAAAAAAA6tWKi3KUbJSyigpKSi20tdPLMjUyy9IzdNLrtCvUKoFANR3ZIUfAAAA");
  const std::string other = *decode_base64("H4sIAAAAAAAAA6tWSlSyUkpSqgUAnFz2awkAAAA=");
  Far far;
  far.answer = [&](const http::Request& request) {
    return http::Response{200, {{"Content-Encoding", "gzip"}}, request.target.ends_with("/url") ? zipped : other};
  };
  Passage passage(far, "https://api.open.cx");
  const http::Reply reply = passage.handler(kOwn)({.target = "/url"});
  EXPECT_EQ(reply.response.body, R"({"url":"http://127.0.0.1:4000/x"})");
  EXPECT_FALSE(reply.response.headers.find("content-encoding"));
  EXPECT_EQ(passage.handler(kOwn)({.target = "/other"}).response.body, other)
      << "by the byte, where nothing in it leads anywhere";
}

TEST(Passage, BrotliIsReadToo) {
  // The same text as node's zlib.brotliCompressSync writes it.
  const std::string packed = *decode_base64("Cw+AeyJ1cmwiOiJodHRwczovL2FwaS5vcGVuLmN4L3gifQM=");
  Far far;
  far.answer = [&](const http::Request&) { return http::Response{200, {{"Content-Encoding", "br"}}, packed}; };
  Passage passage(far, "https://api.open.cx");
  const http::Reply reply = passage.handler(kOwn)({.target = "/url"});
  EXPECT_EQ(reply.response.body, R"({"url":"http://127.0.0.1:4000/x"})");
  EXPECT_FALSE(reply.response.headers.find("content-encoding"));
}

TEST(Passage, ALostAnswerIsLostForTheClientToo) {
  Far far;
  far.answer = [](const http::Request&) -> Result<http::Response, http::TransportError> {
    return fail(http::TransportError{http::TransportError::Kind::sent_no_answer, "reset"});
  };
  Passage passage(far, "https://api.open.cx");
  EXPECT_EQ(passage.handler(kOwn)({.target = "/x"}).wire, http::Wire::reset_before_status);
}

}  // namespace
}  // namespace casewire::scenarios

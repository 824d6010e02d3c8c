#include "tests/bench/nginx.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/http/socket_server.hpp"
#include "base/runtime/thread_runtime.hpp"

namespace casewire::bench {
namespace {

// A port that was free a moment ago. Somebody else may take it meanwhile; then nginx says so and the bench leaves it
// out.
std::string free_port() {
  ThreadRuntime runtime;
  const auto server = http::SocketServer::start(runtime, [](const http::Request&) { return http::Reply{}; });
  return server ? std::to_string((*server)->port()) : std::string{};
}

std::string configuration(const std::string& folder, const std::string& port, const std::string& post_body) {
  return "worker_processes 1;\npid " + folder + "/nginx.pid;\nerror_log " + folder +
         "/error.log;\nevents { worker_connections 512; }\n"
         "http {\n  access_log off;\n  sendfile on;\n  tcp_nopush on;\n  open_file_cache max=16;\n  keepalive_requests "
         "1000000000;\n"
         "  default_type application/json;\n"
         "  client_body_temp_path " +
         folder + "/body;\n  proxy_temp_path " + folder + "/proxy;\n  fastcgi_temp_path " + folder +
         "/fastcgi;\n  uwsgi_temp_path " + folder + "/uwsgi;\n  scgi_temp_path " + folder +
         "/scgi;\n"
         "  server {\n    listen 127.0.0.1:" +
         port + ";\n    root " + folder +
         ";\n"
         "    location / {\n      if ($request_method = POST) { return 201 '" +
         post_body + "'; }\n      try_files /get.json =404;\n    }\n  }\n}\n";
}

bool write(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  return bool(out.flush());
}

}  // namespace

Result<std::unique_ptr<Nginx>, std::string> Nginx::start(const std::string& get_body, const std::string& post_body) {
  std::string pattern = (std::filesystem::temp_directory_path() / "casewire-nginx-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) return fail(std::string("no temporary folder"));
  std::unique_ptr<Nginx> nginx(new Nginx);
  nginx->folder_ = pattern;
  // Started by root, nginx gives up its rights: its worker must still be able to read.
  std::filesystem::permissions(pattern, std::filesystem::perms::others_read | std::filesystem::perms::others_exec,
                               std::filesystem::perm_options::add);
  const std::string port = free_port();
  if (!write(pattern + "/get.json", get_body) || !write(pattern + "/nginx.conf", configuration(pattern, port, post_body))) {
    return fail("cannot write into " + pattern);
  }
  if (std::system(
          ("PATH=$PATH:/usr/sbin nginx -p " + pattern + " -c " + pattern + "/nginx.conf 2>" + pattern + "/start.log").c_str()) !=
      0) {
    return fail(std::string("nginx did not start (package nginx-light)"));
  }
  nginx->running_ = true;
  nginx->url_ = "http://127.0.0.1:" + port;
  return nginx;
}

Nginx::~Nginx() {
  if (running_ &&
      std::system(("PATH=$PATH:/usr/sbin nginx -p " + folder_ + " -c " + folder_ + "/nginx.conf -s stop 2>/dev/null").c_str()) !=
          0) {
    return;  // it is gone already; its folder tells why
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace casewire::bench

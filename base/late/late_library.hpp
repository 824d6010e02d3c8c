#pragma once
// A shared library of C that is loaded when the first of its functions is called, and not when the program starts: what libraries bring along is most of
// what starting a program takes, and most programs that start never call them. Its functions are called as ever:
//
//   constinit inline LateLibrary libexample{"libexample.so.1", "libexample1"};
//   CASEWIRE_LATE_FUNCTION(libexample, example_open)
//
// in a namespace of ours takes the place of the header's `example_open` for whoever stands in it, and has its type. What is forgotten does not link.

#include <atomic>
#include <mutex>
#include <optional>
#include <string>

namespace casewire {

/// Stays loaded until the program ends: its threads may be in it. Any thread.
class LateLibrary {
 public:
  /// `file` as the dynamic loader finds it, and Debian's package that has it. Neither is copied.
  constexpr LateLibrary(const char* file, const char* package) : file_(file), package_(package) {}

  /// Why it cannot be had here, or nothing.
  std::optional<std::string> why_missing();
  /// Of it, or of what it brings along. Where there is none the program ends as it does when a library is missing at its start: it says which, exit code 127.
  void* address_of(const char* function);

 private:
  void* handle();

  const char *file_, *package_;
  std::once_flag once_{};
  void* handle_ = nullptr;
};

template <class Signature>
class LateFunction;

template <class Result, class... Arguments>
class LateFunction<Result(Arguments...)> {
 public:
  constexpr LateFunction(LateLibrary& library, const char* name) : library_(library), name_(name) {}

  Result operator()(Arguments... arguments) { return address()(arguments...); }

 private:
  using Address = Result (*)(Arguments...);

  /// Who asks at the same time finds the same.
  Address address() {
    auto address = address_.load(std::memory_order_relaxed);
    if (address == nullptr) {
      address = reinterpret_cast<Address>(library_.address_of(name_));
      address_.store(address, std::memory_order_relaxed);
    }
    return address;
  }

  LateLibrary& library_;
  const char* name_;
  std::atomic<Address> address_ = nullptr;
};

}  // namespace casewire

#define CASEWIRE_LATE_FUNCTION(library, name) constinit inline ::casewire::LateFunction<decltype(::name)> name{library, #name};

#pragma once
// What the kernel says of a process or a thread in one line: /proc/PID/stat, /proc/PID/task/TID/stat. Source: man 5 proc.

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace casewire {

struct ProcessStat {
  char state = 'X';  ///< 'R' runs or would, 'S' waits, 'Z' is dead and not reaped, 'X' is dead
  std::string name{};
  pid_t group = 0;
  std::uint64_t ticks = 0;  ///< of the processor, in its own code and in the kernel; sysconf(_SC_CLK_TCK) of them are a second
};

/// An empty line, as of one that is gone, tells of the dead: the members' own values.
ProcessStat process_stat(std::string_view line);

}  // namespace casewire

# A month of a bridge's waits in Ruby: a sleeping thread, a condition with a limit, select with one, and a server of threads beside them.

require "net/http"
require "socket"

HOUR = 3600

def ask(path)
  url = URI(ENV.fetch("OPENCX_URL") + path)
  Net::HTTP.get_response(url, {"Authorization" => "Bearer " + ENV.fetch("OPENCX_API_KEY")})
end

def clocks
  [Time.now.to_f, Process.clock_gettime(Process::CLOCK_MONOTONIC)]
end

# Asks after each wait, and ends the program when its two clocks did not both move by it, or by less. Late they may be.
def every(hours, path)
  Thread.new do
    loop do
      wall, steady = clocks
      yield hours * HOUR
      by_wall, by_steady = clocks.zip([wall, steady]).map { |now, before| now - before }
      if by_wall < hours * HOUR - 1 || (by_wall - by_steady).abs > 1
        warn "waited #{by_wall} s and #{by_steady} s for #{hours} h"
        exit! 1
      end
      ask(path)
    end
  end
end

every(1, "/chat/sessions?channel_type=email") { |seconds| sleep seconds }
every(6, "/blocklist/contacts") do |seconds|
  mutex = Mutex.new
  mutex.synchronize { ConditionVariable.new.wait(mutex, seconds) }
end
every(24, "/blocklist/domains") { |seconds| IO.select(nil, nil, nil, seconds) }

trap("TERM") { exit! 0 }
host, port = ENV.fetch("CASEWIRE_LISTEN").split(":")
server = TCPServer.new(host, port.to_i)
loop do
  Thread.new(server.accept) do |client|
    length = 0
    while (line = client.gets) && line != "\r\n"
      length = line[/\Acontent-length: *(\d+)/i, 1].to_i if line =~ /\Acontent-length:/i
    end
    client.read(length)
    client.write "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    client.close
  end
end

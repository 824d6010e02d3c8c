# A month of a bridge's waits in Perl: one thread, one select with a limit, which is a server's as well.

use strict;
use warnings;
use HTTP::Tiny;
use IO::Select;
use IO::Socket::INET;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);

use constant HOUR => 3600;

my $client = HTTP::Tiny->new(default_headers => {Authorization => "Bearer $ENV{OPENCX_API_KEY}"});
my $server = IO::Socket::INET->new(LocalAddr => $ENV{CASEWIRE_LISTEN}, Listen => 64, ReuseAddr => 1) or die "cannot listen: $!";
my $select = IO::Select->new($server);
$SIG{TERM} = sub { exit 0 };

my @tasks = map { {hours => $_->[0], path => $_->[1]} } (
    [1,  '/chat/sessions?channel_type=email'],
    [6,  '/blocklist/contacts'],
    [24, '/blocklist/domains'],
);

sub begin {
    my ($task) = @_;
    @$task{qw(wall steady)} = (Time::HiRes::time(), clock_gettime(CLOCK_MONOTONIC));
}

# Asks once the wait is over, and ends the program when its two clocks did not both move by it. Late they may be.
sub end_if_due {
    my ($task) = @_;
    my $by_steady = clock_gettime(CLOCK_MONOTONIC) - $task->{steady};
    return if $by_steady < $task->{hours} * HOUR;
    my $by_wall = Time::HiRes::time() - $task->{wall};
    die "waited $by_wall s and $by_steady s for $task->{hours} h\n" if abs($by_wall - $by_steady) > 1;
    $client->get($ENV{OPENCX_URL} . $task->{path});
    begin($task);
}

sub answer {
    my ($connection) = @_;
    my $length = 0;
    while (defined(my $line = <$connection>)) {
        $length = $1 if $line =~ /^content-length:\s*(\d+)/i;
        last if $line eq "\r\n";
    }
    read($connection, my $body, $length) if $length;
    print $connection "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    close $connection;
}

begin($_) for @tasks;
while (1) {
    my ($limit) = sort { $a <=> $b } map { $_->{steady} + $_->{hours} * HOUR - clock_gettime(CLOCK_MONOTONIC) } @tasks;
    answer($server->accept) for $select->can_read($limit > 0 ? $limit : 0);
    end_if_due($_) for @tasks;
}

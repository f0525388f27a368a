internal import CLinux
internal import Glibc

/// Lets any thread end the waits of one that blocks: for a task that is cancelled while its call waits for a server.
public final class Interruption: Sendable {
    public enum Wait: Sendable {
        case ready, timedOut, interrupted
    }

    private let wakeup: FileDescriptor

    public init() throws(SystemError) {
        wakeup = FileDescriptor(owning: eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)))
        guard wakeup.number >= 0 else { throw .last("eventfd") }
    }

    /// Ends the wait under way, and every later one at once.
    public func request() { eventfd_write(wakeup.number, 1) }

    public var isRequested: Bool { sleep(until: MonotonicTime(nanoseconds: 0)) == .interrupted }

    /// Blocks the thread until one of the events holds for the descriptor.
    public func wait(for descriptor: Int32, _ events: Events, until deadline: MonotonicTime) -> Wait {
        poll([pollfd(wakeup.number, .readable), pollfd(descriptor, events)], until: deadline)
    }

    /// Blocks the thread until the time has come, or somebody interrupts.
    @discardableResult
    public func sleep(until time: MonotonicTime) -> Wait { poll([pollfd(wakeup.number, .readable)], until: time) }

    private func poll(_ watched: [pollfd], until deadline: MonotonicTime) -> Wait {
        var watched = watched
        while true {
            let count = Glibc.poll(&watched, nfds_t(watched.count), deadline.millisecondsFromNow)
            if count > 0 { return watched[0].revents == 0 ? .ready : .interrupted }
            if MonotonicTime.now >= deadline { return .timedOut }
        }
    }
}

extension pollfd {
    /// The values of poll(2) are those of epoll.
    fileprivate init(_ descriptor: Int32, _ events: Events) {
        self.init(fd: descriptor, events: Int16(truncatingIfNeeded: events.rawValue), revents: 0)
    }
}

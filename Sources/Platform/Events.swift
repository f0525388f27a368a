internal import CLinux

/// What may be waited for on a descriptor; the values are epoll's.
public struct Events: OptionSet, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let readable = Events(rawValue: EPOLLIN.rawValue)
    public static let writable = Events(rawValue: EPOLLOUT.rawValue)
    /// The other side closed, or closed its sending half.
    public static let hangup = Events(rawValue: EPOLLRDHUP.rawValue)
    /// Reported without being asked for.
    public static let failure = Events(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)
}

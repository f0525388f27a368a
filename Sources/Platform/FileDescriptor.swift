internal import Glibc

/// An open file descriptor with one owner, closed when the owner goes.
public struct FileDescriptor: ~Copyable, Sendable {
    public let number: Int32

    /// Takes over a descriptor the caller just opened.
    public init(owning number: Int32) { self.number = number }

    deinit { _ = close(number) }
}

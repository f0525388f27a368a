internal import Glibc

/// A system call that failed: what was tried, and what the kernel said.
public struct SystemError: Error, CustomStringConvertible, Equatable {
    /// The `errno` value, for example 28 (no space left on device).
    public let code: Int32
    public let attempt: String

    public init(code: Int32, attempt: String) {
        self.code = code
        self.attempt = attempt
    }

    /// Reads `errno`; call it directly after the system call, before anything else can change it.
    public static func last(_ attempt: String) -> SystemError { SystemError(code: errno, attempt: attempt) }

    public var description: String { "\(attempt): \(String(cString: strerror(code)))" }
}

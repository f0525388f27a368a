internal import Glibc

/// Tells ports where nobody listens.
package enum ListeningPort {
    /// One of this machine alone.
    /// - Parameters:
    ///   - wanted: taken as it is, unless it is 0 or nil.
    ///   - usual: taken where none is wanted, if it is free.
    /// - Throws: ``HTTPServerFailure`` when there is none.
    package static func choose(_ wanted: UInt16?, orAnyInsteadOf usual: UInt16) throws -> UInt16 {
        if let wanted, wanted > 0 { return wanted }
        if wanted == nil, let free = try? ListeningSocket(host: "127.0.0.1", port: usual).port { return free }
        return try ListeningSocket(host: "127.0.0.1", port: 0).port
    }

    package static func isFree(_ port: UInt16, of host: String) -> Bool {
        (try? ListeningSocket(host: host, port: port).port) != nil
    }
}

import Configuration
import HTTPServer

/// The check of `doctor` that concerns the HTTP server.
struct ServerExamination {
    let settings: ServerSettings

    var finding: Finding {
        let isPlain = settings.publicURL != nil && !settings.isBehindTLS && !settings.listen.isLoopback
        return Finding(
            check: "http server", state: isPlain ? .warning : .ok,
            message: "\(listening), \(reached)." + (isPlain ? " \(Self.advice)" : ""))
    }

    private var listening: String {
        let isFree = ListeningPort.isFree(settings.listen.port, of: settings.listen.host)
        return "\(isFree ? "Nobody" : "Somebody") listens on \(settings.listen)"
    }

    private var reached: String {
        settings.publicURL.map { "the world comes by \($0)" } ?? "server.publicURL is not set"
    }

    private static let advice =
        "What is not encrypted is read by others, codes and tokens in links as well: put a proxy with TLS before it."
}

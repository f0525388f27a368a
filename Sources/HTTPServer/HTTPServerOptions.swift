/// Where a server listens, and what it puts up with. The defaults are those of the configuration.
package struct HTTPServerOptions: Sendable {
    /// An IP address.
    package var host: String
    /// 0 takes any that is free.
    package var port: UInt16
    package var threads = 2
    /// Open at once; what comes beyond waits in the kernel's queue.
    package var connections = 4096
    /// Open at once from one address. It is not asked on a loopback address, where all come from one proxy.
    package var connectionsPerAddress = 64
    /// Of one request's body.
    package var bodyBytes = 1 << 20
    /// Of the bodies that are being read, together.
    package var bodyBytesTogether = 64 << 20
    /// Of a request's head; with it go the buffers of the connection.
    package var headBytes = 16 << 10
    /// From a request's first line, or the opening of its connection, to the end of its head.
    package var headTimeout: Duration = .seconds(10)
    /// From the head to the end of the body.
    package var bodyTimeout: Duration = .seconds(30)
    /// How long a handler may take.
    package var answerTimeout: Duration = .seconds(30)
    /// How long a client may take to read an answer.
    package var sendTimeout: Duration = .seconds(60)
    /// How long a connection may rest between two requests.
    package var idleTimeout: Duration = .seconds(75)
    /// How long a server that stops waits for what it is answering.
    package var drain: Duration = .seconds(10)
    /// By what it speaks TLS; nil when it does not.
    package var tls: TLSIdentity?
    /// Whether the world reaches this server through TLS alone.
    package var isBehindTLS = false

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }
}

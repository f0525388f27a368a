import Curl
import Platform

extension SMTPServer {
    /// Connects, encrypts and logs in, and says goodbye.
    /// - Returns: what was found, for people.
    func probe() async throws(TransportFailure) -> String {
        try await withTaskExecutorPreference(BlockingExecutor(label: "coursework.email.probe", width: 1)) {
            () throws(TransportFailure) in
            guard let interruption = try? Interruption() else {
                throw .unavailable("The process has too many files open.")
            }
            let curl = try CurlHandle.forMail()
            // A person waits for it.
            let timeouts = SMTPTimeouts(connect: .seconds(5), command: .seconds(10))
            let login = SMTPLogin(curl, to: self, timeouts, interruption)
            try withExtendedLifetime(login) { () throws(TransportFailure) in
                try login.perform()
                // If the other side takes it at once.
                _ = "QUIT\r\n".utf8.withContiguousStorageIfAvailable { curl.send(UnsafeRawBufferPointer($0)) }
            }
        }
        let safety = security == .none ? "without encryption" : "encrypted, by a certificate that is trusted"
        return "\(self) takes mail \(safety)\(credentials.map { ", as \($0.user)" } ?? "")."
    }
}

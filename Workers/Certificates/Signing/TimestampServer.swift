package import Curl
internal import Platform
internal import Signing

/// Somebody who says that a signature existed at a time (RFC 3161, over HTTP).
package struct TimestampServer: Sendable {
    /// Of a token; those of known authorities have 3 to 8 KiB.
    static let mostTokenBytes = 12 << 10

    private let url: String
    private let trusted: [X509Certificate]
    private let timeouts: HTTPExchange.Timeouts
    private let certificatesFile: String?
    private let executor: BlockingExecutor

    /// - Parameters:
    ///   - url: http or https; tokens are signed and need no secrecy.
    ///   - trusted: certificates in PEM that vouch for its tokens; without any, a token needs only to be whole.
    ///   - certificatesFile: of certificates that are trusted for https instead of the system's.
    ///   - connections: how many signatures may wait for it at once.
    package init(
        url: String, trusted: [UInt8] = [],
        timeouts: HTTPExchange.Timeouts = HTTPExchange.Timeouts(connect: .seconds(5), answer: .seconds(10)),
        certificatesFile: String? = nil, connections: Int = 8
    ) {
        (self.url, self.timeouts, self.certificatesFile) = (url, timeouts, certificatesFile)
        self.trusted = X509Certificate.list(pem: trusted)
        executor = BlockingExecutor(label: "coursework.timestamps", width: connections)
    }

    /// - Returns: a token on the signature, checked.
    func token(for signature: [UInt8]) async throws(TimestampFailure) -> [UInt8] {
        let imprint = SHA256.hash(signature)
        let nonce = (0..<8).map { _ in UInt8.random(in: 1...255) }
        let response = try await ask(Self.request(imprint, nonce))
        do throws(InvalidTimestamp) {
            let token = try TimestampResponse.token(in: response)
            let timestamp = try TimestampToken(token, imprint: imprint, nonce: nonce, trusted: trusted)
            guard trusted.isEmpty || timestamp.isTrusted else {
                throw InvalidTimestamp("nobody who is trusted vouches for its token")
            }
            return token
        } catch {
            throw TimestampFailure("The time-stamp server \(url) is no use now: \(error).")
        }
    }

    /// TimeStampReq (2.4.1), which asks for the server's certificate.
    private static func request(_ imprint: [UInt8], _ nonce: [UInt8]) -> [UInt8] {
        DER.sequence(
            DER.integer(1), DER.sequence(CMSAlgorithm.sha256, DER.octets(imprint)), DER.unsigned(nonce),
            DER.boolean(true))
    }

    private func ask(_ body: [UInt8]) async throws(TimestampFailure) -> [UInt8] {
        var request = HTTPRequest(
            .post, url, headers: ["Content-Type: application/timestamp-query", "Accept: application/timestamp-reply"],
            body: body)
        request.mostAnswerBytes = Self.mostTokenBytes
        request.endsBeyondMostBytes = true
        let exchange = await HTTPExchange.result(
            of: request, on: executor, timeouts: timeouts, certificatesFile: certificatesFile)
        switch exchange {
        case .success(let response) where response.status == 200: return response.body
        case .success(let response):
            throw TimestampFailure("The time-stamp server \(url) answered with status \(response.status).")
        case .failure(_) where Task.isCancelled, .failure(.cancelled):
            throw TimestampFailure("The job was cancelled while it waited for a time-stamp.")
        case .failure(.notSent(let reason)), .failure(.unanswered(let reason)):
            throw TimestampFailure("The time-stamp server \(url) did not answer: \(reason).")
        }
    }
}

internal import Curl
internal import FoundationEssentials
internal import Platform

/// Where the keys of who issues tokens are.
package enum TokenKeySource: Sendable {
    case file(String)
    /// - Parameter certificatesFile: of certificates that are trusted instead of the system's.
    case url(String, certificatesFile: String?)

    private static let mostBytes = 1 << 20
    private static let threads = BlockingExecutor(label: "token-keys", width: 1)

    /// How often they are read when nothing else asks for them: who withdraws a key wants it to be gone soon.
    var readEvery: Duration {
        switch self {
        case .file: .seconds(5)
        case .url: .seconds(300)
        }
    }

    /// - Returns: how many keys are there that a token may be signed with.
    /// - Throws: why there are none: one sentence.
    package func count() async throws -> Int { try await read().keys.count }

    func read() async throws -> TrustedKeys {
        guard let keys = TrustedKeys(json: try await bytes()) else {
            throw TokenKeyFailure(description: "There is no RSA key of at least 2048 bits with a kid in it.")
        }
        return keys
    }

    private func bytes() async throws -> [UInt8] {
        switch self {
        case .file(let path):
            return try await withTaskExecutorPreference(Self.threads) {
                guard let data = FileManager.default.contents(atPath: path) else {
                    throw TokenKeyFailure(description: "\(path) cannot be read; check its path and owner.")
                }
                return Array(data.prefix(Self.mostBytes))
            }
        case .url(let url, let certificatesFile):
            var request = HTTPRequest(.get, url, headers: ["Accept: application/json"])
            request.mostAnswerBytes = Self.mostBytes
            request.endsBeyondMostBytes = true
            let timeouts = HTTPExchange.Timeouts(connect: .seconds(5), answer: .seconds(10))
            let answer = try await HTTPExchange.result(
                of: request, on: Self.threads, timeouts: timeouts, certificatesFile: certificatesFile
            ).get()
            guard answer.status == 200 else {
                throw TokenKeyFailure(description: "\(url) answers \(answer.status).")
            }
            return answer.body
        }
    }
}

/// Why there are no keys.
struct TokenKeyFailure: Error, CustomStringConvertible {
    let description: String
}

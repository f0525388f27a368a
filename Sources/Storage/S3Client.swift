internal import Curl
internal import FoundationEssentials
internal import Platform
internal import Signing

/// The calls of S3's REST interface (Amazon S3 API Reference) that a storage is made of.
struct S3Client: Sendable {
    private static let mostAttempts = 4

    let location: S3Location
    private let account: S3Account
    private let executor: BlockingExecutor
    private let certificatesFile: String?

    init(_ location: S3Location, _ account: S3Account, connections: Int, certificatesFile: String?) {
        (self.location, self.account, self.certificatesFile) = (location, account, certificatesFile)
        executor = BlockingExecutor(label: "coursework.storage.s3", width: connections)
    }

    // MARK: The calls

    /// What is read of an answer that only tells of an error.
    private static let mostErrorBytes = 16 << 10

    /// GetObject. Nothing more is read of one that is larger.
    func get(_ key: StorageKey, mostBytes: Int) async throws(StorageError) -> S3Answer {
        var request = HTTPRequest(.get, location.url(of: key), headers: ["x-amz-checksum-mode: ENABLED"])
        request.mostAnswerBytes = max(mostBytes, Self.mostErrorBytes)
        request.endsBeyondMostBytes = true
        return try await call(request, key)
    }

    /// GetObject of a piece; nil when there is nothing in that range.
    func get(_ key: StorageKey, bytes: Range<Int>) async throws(StorageError) -> S3Answer? {
        var request = HTTPRequest(
            .get, location.url(of: key), headers: ["Range: bytes=\(bytes.lowerBound)-\(bytes.upperBound - 1)"])
        request.mostAnswerBytes = max(bytes.count, Self.mostErrorBytes)
        request.endsBeyondMostBytes = true
        let answer = try await call(request, key, isFine: { [200, 206, 416].contains($0) })
        return answer.status == 416 ? nil : answer
    }

    /// HeadObject.
    func size(of key: StorageKey) async throws(StorageError) -> Int {
        let answer = try await call(HTTPRequest(.head, location.url(of: key)), key)
        guard let size = answer.objectSize else { throw .unavailable("\(location.host) tells no size of '\(key)'") }
        return size
    }

    /// PutObject.
    func put(_ bytes: [UInt8], to key: StorageKey, mediaType: String) async throws(StorageError) {
        let hash = SHA256.hash(bytes)
        let headers = Self.checksum(hash) + ["Content-Type: \(mediaType)"]
        try await call(HTTPRequest(.put, location.url(of: key), headers: headers, body: bytes), key, hash: hash)
    }

    /// DeleteObject.
    func delete(_ key: StorageKey) async throws(StorageError) {
        do throws(StorageError) { try await call(HTTPRequest(.delete, location.url(of: key)), key) } catch .absent {}
    }

    /// CreateMultipartUpload.
    /// - Returns: the id of the upload.
    func beginUpload(to key: StorageKey, mediaType: String) async throws(StorageError) -> String {
        let url = location.url(of: key, query: "uploads=")
        let headers = ["Content-Type: \(mediaType)", "x-amz-checksum-algorithm: SHA256"]
        let answer = try await call(HTTPRequest(.post, url, headers: headers), key)
        guard let id = answer.text(of: "UploadId"), S3Location.isPlain(id) else {
            throw .unavailable("\(location.host) began an upload without an id")
        }
        return id
    }

    /// UploadPart.
    /// - Parameter number: from 1 on.
    func upload(
        _ bytes: [UInt8], as number: Int, of upload: String, to key: StorageKey
    ) async throws(StorageError) -> S3Part {
        let url = location.url(of: key, query: "partNumber=\(number)&uploadId=\(upload)")
        let hash = SHA256.hash(bytes)
        let headers = Self.checksum(hash) + ["Content-Type: application/octet-stream"]
        let answer = try await call(HTTPRequest(.put, url, headers: headers, body: bytes), key, hash: hash)
        guard let tag = answer.headers["etag"], !tag.contains(where: { "<>&".contains($0) }) else {
            throw .unavailable("\(location.host) took a part of an upload without naming it")
        }
        return S3Part(number: number, tag: tag, checksum: Self.base64(hash))
    }

    /// CompleteMultipartUpload. It may answer 200 and tell of an error all the same.
    func complete(_ upload: String, _ parts: [S3Part], to key: StorageKey) async throws(StorageError) {
        let url = location.url(of: key, query: "uploadId=\(upload)")
        let list = "<CompleteMultipartUpload>\(parts.map(\.xml).joined())</CompleteMultipartUpload>"
        let answer = try await call(
            HTTPRequest(.post, url, headers: ["Content-Type: application/xml"], body: Array(list.utf8)), key)
        if let error = answer.error { throw .unavailable("\(location.host) answered \(error)") }
    }

    /// AbortMultipartUpload: what was uploaded costs its owner money until then.
    func abort(_ upload: String, to key: StorageKey) async throws(StorageError) {
        try await call(HTTPRequest(.delete, location.url(of: key, query: "uploadId=\(upload)")), key)
    }

    // MARK: A call

    /// - Parameter hash: SHA-256 of the body, where it is known already.
    @discardableResult
    private func call(
        _ request: HTTPRequest, _ key: StorageKey, hash: [UInt8]? = nil,
        isFine: @Sendable (Int) -> Bool = { (200..<300).contains($0) }
    ) async throws(StorageError) -> S3Answer {
        var request = request
        request.signature = account.signature(for: location)
        request.headers.append("x-amz-content-sha256: \(SHA256.text(hash: hash ?? SHA256.hash(request.body)))")
        var failures = 0
        while true {
            let end = await attempt(request)
            if case .success(let answer) = end, isFine(answer.status) { return answer }
            failures += 1
            guard end.mayPass, failures < Self.mostAttempts else { throw error(end, key) }
            do {
                try await Task.sleep(for: .backOff(base: .milliseconds(200), cap: .seconds(5), failures: failures))
            } catch {
                throw .unavailable("the job was cancelled")
            }
        }
    }

    private func attempt(_ request: HTTPRequest) async -> Result<S3Answer, HTTPExchange.Failure> {
        await HTTPExchange.result(of: request, on: executor, certificatesFile: certificatesFile).map(S3Answer.init)
    }

    private func error(_ end: Result<S3Answer, HTTPExchange.Failure>, _ key: StorageKey) -> StorageError {
        switch end {
        case .success(let answer) where answer.status == 404 && answer.error?.code != "NoSuchBucket": .absent(key)
        case .success(let answer):
            .unavailable("\(location.host) answered \(answer.status)\(answer.error.map { " (\($0))" } ?? "")")
        case .failure(.cancelled): .unavailable("the job was cancelled")
        case .failure(.notSent(let reason)), .failure(.unanswered(let reason)):
            .unavailable("\(location.host): \(reason)")
        }
    }

    /// The storage refuses what does not arrive like this.
    private static func checksum(_ hash: [UInt8]) -> [String] {
        ["x-amz-sdk-checksum-algorithm: SHA256", "x-amz-checksum-sha256: \(base64(hash))"]
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}

extension Result<S3Answer, HTTPExchange.Failure> {
    /// Whether another attempt may do better.
    fileprivate var mayPass: Bool {
        switch self {
        case .success(let answer): answer.status >= 500 || answer.status == 429 || answer.status == 408
        case .failure(.cancelled): false
        case .failure: true
        }
    }
}

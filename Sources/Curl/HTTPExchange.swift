internal import CCurl
package import Platform

/// One HTTP request and its answer, by libcurl; it blocks. A connection of its own: a kept one that the server has closed
/// makes libcurl send a request again by itself, and nobody could tell whether it came twice.
package final class HTTPExchange {
    package struct Response: Sendable, Equatable {
        package let status: Int
        /// By names in lower case.
        package let headers: [String: String]
        package let body: [UInt8]

        package init(status: Int, headers: [String: String], body: [UInt8]) {
            (self.status, self.headers, self.body) = (status, headers, body)
        }
    }

    package enum Failure: Error, Equatable {
        case cancelled
        /// The server has not got the request.
        case notSent(String)
        /// The server has got all of the request, and its answer is missing.
        case unanswered(String)
    }

    package struct Timeouts: Sendable {
        package var connect: Duration
        package var answer: Duration

        package init(connect: Duration = .seconds(10), answer: Duration = .seconds(60)) {
            (self.connect, self.answer) = (connect, answer)
        }
    }

    private static let mostHeaders = 100

    private let request: HTTPRequest
    private let interruption: Interruption
    private var headers: [String: String] = [:]
    private var answer: [UInt8] = []
    /// The rest of the answer was not wanted.
    private var hasEnough = false

    package init(_ request: HTTPRequest, _ interruption: Interruption) {
        self.request = request
        self.interruption = interruption
    }

    /// - Parameter certificatesFile: of certificates that are trusted instead of the system's.
    package func perform(
        _ timeouts: Timeouts = Timeouts(), certificatesFile: String? = nil
    ) throws(Failure) -> Response {
        guard !interruption.isRequested else { throw .cancelled }
        let curl: CurlHandle
        do throws(CurlUnavailable) { curl = try CurlHandle() } catch { throw .notSent(error.description) }
        configure(curl, timeouts, certificatesFile)
        // A header that is left out would be signed all the same, as an empty one.
        let list = CurlList(request.headers + (request.signature == nil ? ["Expect:"] : []))
        cw_curl_set_list(curl.pointer, CURLOPT_HTTPHEADER, list.list)
        let code = withExtendedLifetime((self, list)) { perform(curl) }
        return try response(code, curl)
    }

    private func configure(_ curl: CurlHandle, _ timeouts: Timeouts, _ certificatesFile: String?) {
        curl.set(.url, request.url)
        curl.set(.leavesPathAsIs, 1)
        curl.set(.protocols, "http,https")
        curl.set(.connectTimeout, timeouts.connect)
        curl.set(.timeout, timeouts.connect + timeouts.answer)
        if let certificatesFile { curl.set(.certificatesFile, certificatesFile) }
        if let signature = request.signature { curl.sign(signature) }
        curl.observe(by: self)
    }

    private func perform(_ curl: CurlHandle) -> CurlCode {
        switch request.method {
        case .get: return curl.perform()
        case .head:
            curl.set(.hasNoBody, 1)
            return curl.perform()
        case .delete:
            curl.set(.method, request.method.rawValue)
            return curl.perform()
        case .put, .post, .patch:
            curl.set(.method, request.method.rawValue)
            curl.set(.bodyBytes, request.body.count)
            return request.body.withUnsafeBytes { bytes in
                // libcurl only reads it; without an address it would ask for a body elsewhere.
                withUnsafeBytes(of: UInt8(0)) { nothing in
                    let address = bytes.baseAddress ?? nothing.baseAddress
                    cw_curl_set_pointer(
                        curl.pointer, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: address))
                    return curl.perform()
                }
            }
        }
    }

    private func response(_ code: CurlCode, _ curl: CurlHandle) throws(Failure) -> Response {
        guard code == .ok || hasEnough else {
            guard request.body.isEmpty || curl.uploadedBytes < request.body.count else {
                throw .unanswered("\(code)")
            }
            throw interruption.isRequested ? .cancelled : .notSent("\(code)")
        }
        return Response(status: curl.responseCode, headers: headers, body: answer)
    }
}

extension HTTPExchange: CurlObserver {
    package var mayGoOn: Bool { !interruption.isRequested }

    package func take(line: UnsafeRawBufferPointer) -> Bool {
        let parts = String(decoding: line, as: UTF8.self).split(separator: ":", maxSplits: 1)
        if parts.count == 2, headers.count < Self.mostHeaders {
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }.prefix { !$0.isNewline })
        }
        return true
    }

    package func take(body: UnsafeRawBufferPointer) -> Bool {
        let room = request.mostAnswerBytes - answer.count
        answer.append(contentsOf: body.prefix(room))
        hasEnough = request.endsBeyondMostBytes && body.count > room
        return !hasEnough
    }
}

extension CurlHandle {
    fileprivate func sign(_ signature: AWSSignature) {
        set(.signature, "aws:amz:\(signature.region):\(signature.service)")
        set(.userName, signature.accessKeyID)
        set(.password, signature.secretAccessKey)
    }
}

import CCurl
import Platform

/// One HTTP request that hands something over, by libcurl; it blocks. A connection of its own: a kept one that the
/// server has closed makes libcurl send a request again by itself, and nobody could tell whether it came twice.
final class HTTPPost {
    struct Response: Equatable {
        let status: Int
        /// By names in lower case.
        let headers: [String: String]
        let body: [UInt8]
    }

    enum Failure: Error, Equatable {
        case cancelled
        /// The server has not got the request.
        case notSent(String)
        /// The server has got all of the request, and its answer is missing.
        case unanswered(String)
    }

    struct Timeouts {
        var connect: Duration = .seconds(10)
        var answer: Duration = .seconds(60)
    }

    private static let mostBodyBytes = 64 << 10
    private static let mostHeaders = 100

    private let interruption: Interruption
    private var headers: [String: String] = [:]
    private var answer: [UInt8] = []

    init(_ interruption: Interruption) { self.interruption = interruption }

    func send(
        _ body: [UInt8], to url: String, headers: [String], timeouts: Timeouts = Timeouts(), caFile: String? = nil
    ) throws(Failure) -> Response {
        guard !interruption.isRequested else { throw .cancelled }
        let curl: CurlHandle
        do throws(TransportFailure) { curl = try CurlHandle() } catch { throw .notSent(error.description) }
        configure(curl, url, timeouts, caFile)
        let list = CurlList(headers + ["Content-Type: application/json", "Expect:"])
        cw_curl_set_list(curl.pointer, CURLOPT_HTTPHEADER, list.list)
        curl.set(CURLOPT_POSTFIELDSIZE, body.count)
        let code = withExtendedLifetime((self, list)) {
            body.withUnsafeBytes { bytes in
                // libcurl only reads it.
                cw_curl_set_pointer(
                    curl.pointer, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
                return curl_easy_perform(curl.pointer)
            }
        }
        return try response(code, curl, sent: body.count)
    }

    private func configure(_ curl: CurlHandle, _ url: String, _ timeouts: Timeouts, _ caFile: String?) {
        curl.set(CURLOPT_URL, url)
        curl.set(CURLOPT_PROTOCOLS_STR, "http,https")
        curl.set(CURLOPT_POST, 1)
        curl.set(CURLOPT_CONNECTTIMEOUT_MS, Int(timeouts.connect.milliseconds))
        curl.set(CURLOPT_TIMEOUT_MS, Int((timeouts.connect + timeouts.answer).milliseconds))
        if let caFile { curl.set(CURLOPT_CAINFO, caFile) }
        let context = Unmanaged.passUnretained(self).toOpaque()
        cw_curl_set_pointer(curl.pointer, CURLOPT_HEADERDATA, context)
        cw_curl_set_header_writer(curl.pointer) { line, size, count, context in
            HTTPPost.from(context).takeHeader(UnsafeRawBufferPointer(start: line, count: size * count))
        }
        cw_curl_set_pointer(curl.pointer, CURLOPT_WRITEDATA, context)
        cw_curl_set_body_writer(curl.pointer) { bytes, size, count, context in
            HTTPPost.from(context).takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        curl.set(CURLOPT_NOPROGRESS, 0)
        cw_curl_set_pointer(curl.pointer, CURLOPT_XFERINFODATA, context)
        cw_curl_set_progress(curl.pointer) { context, _, _, _, _ in
            HTTPPost.from(context).interruption.isRequested ? 1 : 0
        }
    }

    private func response(_ code: CURLcode, _ curl: CurlHandle, sent count: Int) throws(Failure) -> Response {
        guard code == CURLE_OK else {
            guard !curl.hasUploaded(count) else { throw .unanswered(CurlHandle.explanation(code)) }
            throw interruption.isRequested ? .cancelled : .notSent(CurlHandle.explanation(code))
        }
        return Response(status: curl.responseCode, headers: headers, body: answer)
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> HTTPPost {
        guard let context else { preconditionFailure("libcurl called back without its context") }
        return Unmanaged<HTTPPost>.fromOpaque(context).takeUnretainedValue()
    }

    private func takeHeader(_ line: UnsafeRawBufferPointer) -> Int {
        let parts = String(decoding: line, as: UTF8.self).split(separator: ":", maxSplits: 1)
        if parts.count == 2, headers.count < Self.mostHeaders {
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }.prefix { !$0.isNewline })
        }
        return line.count
    }

    /// What goes beyond any sensible answer is read and dropped.
    private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        answer.append(contentsOf: bytes.prefix(Self.mostBodyBytes - answer.count))
        return bytes.count
    }
}

extension CurlHandle {
    fileprivate var responseCode: Int {
        var code = 0
        cw_curl_get_long(pointer, CURLINFO_RESPONSE_CODE, &code)
        return code
    }

    /// Whether this much of a body has been written to the server.
    fileprivate func hasUploaded(_ count: Int) -> Bool {
        var uploaded: curl_off_t = 0
        cw_curl_get_size(pointer, CURLINFO_SIZE_UPLOAD_T, &uploaded)
        return uploaded >= curl_off_t(count)
    }
}

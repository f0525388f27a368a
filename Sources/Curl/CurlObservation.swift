internal import CCurl

/// What libcurl points to for as long as its handle lives, whoever observes it.
final class CurlObservation {
    private weak var observer: (any CurlObserver)?

    func begin(by observer: any CurlObserver, on curl: CurlHandle) {
        self.observer = observer
        let context = Unmanaged.passUnretained(self).toOpaque()
        cw_curl_set_pointer(curl.pointer, CURLOPT_HEADERDATA, context)
        cw_curl_set_header_writer(curl.pointer) { line, size, count, context in
            let bytes = UnsafeRawBufferPointer(start: line, count: size * count)
            return CurlObservation.observer(context)?.take(line: bytes) == false ? 0 : bytes.count
        }
        cw_curl_set_pointer(curl.pointer, CURLOPT_WRITEDATA, context)
        cw_curl_set_body_writer(curl.pointer) { bytes, size, count, context in
            let bytes = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return CurlObservation.observer(context)?.take(body: bytes) == false ? 0 : bytes.count
        }
        curl.set(.hidesProgress, 0)
        cw_curl_set_pointer(curl.pointer, CURLOPT_XFERINFODATA, context)
        cw_curl_set_progress(curl.pointer) { context, _, _, _, _ in
            CurlObservation.observer(context)?.mayGoOn == false ? 1 : 0
        }
    }

    private static func observer(_ context: UnsafeMutableRawPointer?) -> (any CurlObserver)? {
        guard let context else { preconditionFailure("libcurl called back without its context") }
        return Unmanaged<CurlObservation>.fromOpaque(context).takeUnretainedValue().observer
    }
}

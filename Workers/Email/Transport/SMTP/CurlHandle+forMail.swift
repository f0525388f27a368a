import Curl

extension CurlHandle {
    static func forMail() throws(TransportFailure) -> CurlHandle {
        do throws(CurlUnavailable) { return try CurlHandle() } catch { throw .unavailable(error.description) }
    }
}

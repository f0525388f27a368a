internal import HTTPServer

extension HTTPRequest {
    /// Reads a body that is a JSON object, all of it.
    func object<Value>(_ read: (inout JSONObject) throws(Refusal) -> Value) throws(Refusal) -> Value {
        guard (try? UTF8Span(validating: body.span)) != nil else { throw .malformed("The body is not UTF-8.") }
        return try body.withUnsafeBufferPointer { bytes in
            Result<Value, Refusal> { () throws(Refusal) in
                var object = try JSONObject(bytes)
                let value = try read(&object)
                try object.finish()
                return value
            }
        }.get()
    }
}

internal import HTTPServer
internal import JobQueue
internal import Jobs

/// What became of a job that was handed in.
struct EnqueueReport {
    private let id: String
    private let state: String
    private let isStored: Bool

    init(_ answer: EnqueueAnswer) {
        id = answer.id.description
        switch answer {
        case .enqueued: (state, isStored) = ("enqueued", true)
        case .duplicate: (state, isStored) = ("duplicate", false)
        case .replaced: (state, isStored) = ("replaced", true)
        case .throttled: (state, isStored) = ("throttled", false)
        }
    }

    /// Of a row of the outbox: the same row, whether or not it is there twice.
    init(durable id: JobID) { (self.id, state, isStored) = (id.description, "enqueued", true) }

    /// 202 for a job that is stored now, 200 for one that stands for it.
    var status: HTTPStatus { isStored ? .accepted : .ok }

    /// Ids are of letters that need no escaping.
    func appendJSON(to text: inout [UInt8]) {
        for part in [#"{"id":""#, id, #"","state":""#, state, #""}"#] { text += part.utf8 }
    }

    var response: HTTPResponse {
        var json: [UInt8] = []
        json.reserveCapacity(128)
        appendJSON(to: &json)
        return HTTPResponse(
            status, fields: [("Content-Type", "application/json"), ("Location", "/v1/jobs/" + id)], body: json)
    }
}

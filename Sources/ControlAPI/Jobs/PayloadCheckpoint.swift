internal import HTTPServer
internal import Jobs
internal import PayloadSchemas

/// A payload that no worker could run is refused at the door, with the fields' names, and is no dead letter at night.
enum PayloadCheckpoint {
    /// - Parameter place: where it stands in the request, as a JSON pointer.
    static func check(_ args: [UInt8], of job: RegisteredJob, at place: String, limit: Int) throws(Refusal) {
        guard args.count <= limit else {
            throw Refusal(.contentTooLarge, "\(place) has \(args.count) bytes; \(limit) are allowed.")
        }
        let violations = job.payloadSchema.violations(in: args, limits: PayloadLimits(bytes: limit))
        guard violations.isEmpty else {
            throw .invalid(violations.map { "\(place)\($0.pointer) \($0.problem)" }.joined(separator: "; ") + ".")
        }
        // What no schema can say, the worker's own decoder does.
        do { try job.validate(args[...]) } catch { throw .invalid("\(place) does not fit: \(error.reason)") }
    }
}

package import Jobs
package import Storage

package struct TranscodeVideoHandler: JobHandler {
    let storage: any ObjectStorage
    let rules: TranscodingRules

    package init(storage: any ObjectStorage, rules: TranscodingRules) { (self.storage, self.rules) = (storage, rules) }

    package func handle(_ job: TranscodeVideo, context: JobContext) async throws -> Outcome {
        let request = try TranscodeRequest(job)
        switch try await ChunkedTranscode(storage: storage, context: context).standing() {
        case .waiting(let outcome): return outcome
        case .notBegun:
            return try await Workplace.with(rules, storage, context) { place in
                try await VideoTranscode(request: request, place: place).start()
            }
        case .encoded(let folder):
            return try await Workplace.with(rules, storage, context) { place in
                try await VideoTranscode(request: request, place: place).finish(folder)
            }
        }
    }
}

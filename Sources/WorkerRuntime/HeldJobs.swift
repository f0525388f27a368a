internal import Jobs

/// All jobs the worker holds, by queue: what a renewal names. Jobs come and go by the hundred thousand, so adding and
/// removing is a store into an array.
struct HeldJobs {
    private var places: [ActiveJob?] = []
    private var free: [Int] = []

    var count: Int { places.count - free.count }

    mutating func add(_ job: ActiveJob) {
        if let place = free.popLast() {
            job.place = place
            places[place] = job
        } else {
            job.place = places.count
            places.append(job)
        }
    }

    mutating func remove(_ job: ActiveJob) {
        guard places.indices.contains(job.place), places[job.place] === job else { return }
        places[job.place] = nil
        free.append(job.place)
    }

    var all: [ActiveJob] { places.compactMap { $0 } }
}

package models

// A Service is something that people wait for until an officer has seen to it.
type Service string

// What officers see to.
const (
	ServiceApplication Service = "application"
	ServiceCertificate Service = "certificate"
	ServiceObjection   Service = "objection"
	ServiceQuestion    Service = "question"
	ServiceReport      Service = "report"
)

// saidDays is what pages that know no date say of service times, in working days from the day after something was
// sent. Those that the dated table counts by are the same there.
var saidDays = map[Service]int{
	ServiceApplication: 5, ServiceCertificate: 3, ServiceObjection: 5, ServiceQuestion: 3, ServiceReport: 2,
}

// Days is within how many working days officers mean to have seen to it.
func (s Service) Days() int { return saidDays[s] }

// Package sdk drives the orgdir binary with the AWS SDK for Go v2.
package sdk

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

const region = "us-east-1"

// shared is the server that every test has a world of its own in.
var shared *server

func TestMain(m *testing.M) {
	var err error
	if shared, err = start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := shared.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "the server did not end well:", err)
		code = 1
	}
	os.Exit(code)
}

// server is a running orgdir.
type server struct {
	process *exec.Cmd
	url     string
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// start runs the binary at a free port and waits until it names its URL.
func start(options ...string) (*server, error) {
	process := exec.Command(os.Getenv("ORGDIR_BIN"), append([]string{"--listen", "127.0.0.1:0", "--log", "error"}, options...)...)
	process.Stderr = os.Stderr
	stdout, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	url := address.FindString(line)
	if url == "" {
		return nil, errors.Join(fmt.Errorf("the first line names no URL: %q", line), err, process.Process.Kill())
	}
	return &server{process, url}, nil
}

// stop asks the server to end. An exit code other than 0 is an error.
func (s *server) stop() error {
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.process.Wait()
}

// world is one world of a server, which its first request makes.
type world struct{ endpoint string }

// newWorld names a world after the test that it belongs to.
func newWorld(t *testing.T) world {
	return shared.world(t.Name())
}

func (s *server) world(name string) world {
	return world{s.url + "/w/" + strings.NewReplacer("/", "-", ",", "").Replace(name)}
}

// caller holds the SDK's clients for one caller in one world.
type caller struct {
	org *organizations.Client
	ds  *directoryservice.Client
	sts *sts.Client
}

// as makes the clients of an account's administrator.
func (w world) as(account string) caller {
	return w.with(keysOf(account))
}

// with makes the clients of whoever the credentials were made for.
func (w world) with(keys aws.CredentialsProvider) caller {
	return clients(aws.Config{Region: region, Credentials: keys, BaseEndpoint: aws.String(w.endpoint)})
}

func clients(config aws.Config) caller {
	return caller{organizations.NewFromConfig(config), directoryservice.NewFromConfig(config), sts.NewFromConfig(config)}
}

// keysOf are the keys of an account's administrator: its number, and any secret.
func keysOf(account string) aws.CredentialsProvider {
	return credentials.NewStaticCredentialsProvider(account, "anything", "")
}

// control calls the control API of the world and reads its answer into out, unless that is nil.
func (w world) control(t *testing.T, method, path string, body, out any) {
	t.Helper()
	sent, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, w.endpoint+"/_orgdir"+path, bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode >= 300 {
		t.Fatalf("%s %s: %s %s", method, path, response.Status, text)
	}
	if out != nil {
		if err := json.Unmarshal(text, out); err != nil {
			t.Fatal(err)
		}
	}
}

type clock struct{ Now time.Time }

func (w world) now(t *testing.T) time.Time {
	t.Helper()
	var clock clock
	w.control(t, http.MethodGet, "/clock", nil, &clock)
	return clock.Now
}

// freeze stops the clock and answers where it stands.
func (w world) freeze(t *testing.T) time.Time {
	t.Helper()
	var clock clock
	w.control(t, http.MethodPost, "/clock/freeze", nil, &clock)
	return clock.Now
}

func (w world) advance(t *testing.T, by string) {
	t.Helper()
	w.control(t, http.MethodPost, "/clock/advance", map[string]string{"by": by}, nil)
}

func (w world) pace(t *testing.T, pace string) {
	t.Helper()
	w.control(t, http.MethodPut, "/clock/pace", map[string]string{"pace": pace}, nil)
}

// event is one line of the world's journal.
type event struct{ Account, Operation, Outcome string }

func (w world) events(t *testing.T) []event {
	t.Helper()
	var journal struct{ Events []event }
	w.control(t, http.MethodGet, "/events?limit=1000", nil, &journal)
	return journal.Events
}

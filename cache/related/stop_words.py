"""Words that tell nothing of what a story is about, as they are written; of scripts without spaces, pairs."""

ENGLISH = """
a about above according across after again against ago ahead all almost along already also although always am
amid among an and another any anyone anything are aren't around as asked at away back be became because become
been before began behind being below best better between both but by called came can can't cannot come could
couldn't day days did didn't do does doesn't doing don't done down during each early either else end enough even
ever every far few first five for former four friday from full further gave get gets getting give given go goes
going gone good got great had hadn't half has hasn't have haven't having he he'd he'll he's her here herself
high him himself his hour hours how however i i'd i'll i'm i've if in including indeed into is isn't it it's its
itself just keep kept know known last late later least left less let let's like likely little long look made
make makes making many may maybe me might million monday more morning most mr mrs ms much must my myself near
need needs never new next night no nor not nothing now of off often old on once one only or other others our out
over own part people per percent perhaps place put quite rather really recent right said same saturday saw say
saying says second see seen several shall she she'd she'll she's should shouldn't show since six so some someone
something soon still such sunday take taken takes taking tell ten than that that's the their theirs them
themselves then there there's these they they'd they'll they're they've thing things think third this those
though three through thursday thus time times to today together told tomorrow too took toward towards tuesday
turn two under until up upon us use used using very via want wanted wants was wasn't way we we'd we'll we're
we've wednesday week weeks well went were weren't what what's when where whether which while who who's whole
whom whose why will with within without won't work would wouldn't year years yes yesterday yet you you'd you'll
you're you've your yours
"""
OTHERS = """
der die das und den dem des ein eine einer eines einem einen ist nicht mit von für auf im zu sich auch als wie nach
bei aus um sind wird werden wurde wurden worden haben habe hatte hatten waren sein seine seiner seinem seinen ihre ihrer
ihrem ihren diese dieser dieses diesem diesen deren dessen dass wenn weil aber oder noch nur schon sehr mehr über unter
vor zwischen durch ohne gegen wegen seit während zum zur vom beim ins kein keine keinen kann können konnte soll sollen
muss müssen sagte teilte rund etwa uhr jahr jahre jahren montag dienstag mittwoch donnerstag freitag samstag sonntag
le la les du un une et est dans que qui pour sur par plus pas au aux avec ce cette ses son se sa ces cet sont ont a été
était avait avaient être avoir sera seront doit peut entre après avant contre depuis pendant selon sous vers chez leur
leurs elle il ils elles nous vous lui mais ou donc ni si tout tous toute toutes très aussi encore déjà comme dont où
quand sans dit lundi mardi mercredi jeudi vendredi samedi dimanche heures jours semaine mois année ans
el los las del una y en es por con para su sus al lo como más pero sobre hasta desde cuando donde muy ya también fue
fueron era han hay ser está están este esta estos estas ese esa nos tras según durante cada otro otra otros tiene tienen
puede dijo después antes años año día lunes martes miércoles jueves viernes sábado domingo
di il che non della dei delle nel nella gli alla alle dal dalla sul sulla degli sono stato stata hanno anche
questo questa dopo tra fra suo sua loro
o os uma e não na da dos ao aos pelo pela foi são também já há seus suas até ele ela num numa
de het een van op te dat voor niet zijn naar bij uit ook nog maar wordt worden werd heeft hebben deze dit dan door hun
geen aan er tegen
и в во не на что он как по это из за от для с со к ко но а то все всё она они так его ее её их мы вы я у же бы
только было был
была были быть еще ещё нет о об если уже или ни до ли где есть чем без под над будет будут кто этот эта эти этом
этого этой того тем том потому чтобы после перед через между при про более больше можно который которая которые которых
которого свой свою также однако сообщил сообщила сообщили понедельник вторник среду четверг пятницу субботу воскресенье
года году лет
في من على إلى الى عن مع أن إن هذا هذه ذلك تلك الذي التي الذين كان كانت كانوا لم لن لا ما قد لقد ثم أو بل كل بعد قبل بين
حتى عند منذ خلال ضد حول تحت فوق هو هي هم كما لكن غير أي وهو وهي وقد وكان وكانت اليوم أمس يوم قال قالت وقال وقالت وأضاف
إذ إذا بسبب عبر نحو
した して てい いる され れた する ない なっ った から まで こと もの ため など この その また には とは では であ ある
あっ いた とい いう とし よる よう よっ れる たと たが った てき けた んだ せた って
"""
